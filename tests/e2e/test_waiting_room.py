"""The page on which a customer waits for a mechanic."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from support.running import Running
from support.talking import take, waiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]

HIDDEN = """
Object.defineProperty(document, "hidden", {get: () => !window.looking, configurable: true});
"""
"""A tab in the background, until somebody is `looking`."""


def test_the_waiting_room_leads_on_by_itself(open_window: Open, running: Running) -> None:
    session_id, who = waiting(running)
    page = open_window(who, width=360)
    page.goto(f"/session/{session_id}")
    expect(page.locator("[data-elapsed]")).to_have_text(re.compile(r"0:0[1-9]"))

    take(running, session_id)

    expect(page).to_have_url(re.compile(f"/chat/{session_id}$"))
    expect(page.get_by_text("has accepted and meets you in your room")).to_be_visible()


def test_a_waiting_room_in_the_background_takes_nobody_into_the_room(
    open_window: Open, running: Running
) -> None:
    session_id, who = waiting(running)
    page = open_window(who)
    page.add_init_script(HIDDEN)
    page.goto(f"/session/{session_id}")

    take(running, session_id)

    expect(page).to_have_title("Your mechanic is ready")
    expect(page).to_have_url(re.compile(f"/session/{session_id}$"))
    page.evaluate("window.looking = true; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page).to_have_url(re.compile(f"/chat/{session_id}$"))
