"""Pages that stay open in a tab follow a session that goes on elsewhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from autodoctor.application.sessions.ending import cancel_session
from support.people import booked, customer
from support.running import Running
from support.talking import take, waiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]
BANNER = "#under-way"


def test_an_open_page_follows_the_session_and_keeps_what_is_typed(
    open_window: Open, running: Running
) -> None:
    session_id, who = waiting(running)
    page = open_window(who)
    page.goto("/customer/sessions")
    search = page.get_by_label("Search")
    expect(page.locator(BANNER)).to_contain_text("Looking for a mechanic")
    search.fill("brakes")

    take(running, session_id)

    expect(page.locator(BANNER)).to_contain_text("You have a session under way")
    expect(page.get_by_text("Looking for a mechanic")).to_have_count(0)
    expect(search).to_have_value("brakes")
    expect(search).to_be_focused()


def test_a_part_that_holds_the_focus_waits_until_it_has_left(
    open_window: Open, running: Running
) -> None:
    session_id, who = waiting(running)
    page = open_window(who)
    page.goto("/customer/dashboard")
    banner = page.locator(BANNER)
    to_the_session = banner.get_by_role("link", name="Go to the waiting room")
    to_the_session.focus()

    cancel_session(running.here.ports, actor=who.actor, session_id=session_id)

    expect(page.locator("#recent")).to_contain_text("Cancelled")
    expect(to_the_session).to_be_focused()
    page.get_by_role("link", name="Ask a mechanic").focus()
    expect(banner).to_be_empty()


def test_figures_follow_as_tables_do(open_window: Open, running: Running) -> None:
    session_id, who = waiting(running)
    page = open_window(who)
    page.goto("/customer/dashboard")
    free = page.locator("#figures .tile").filter(has_text="Free session")
    expect(free).to_contain_text("Used")

    cancel_session(running.here.ports, actor=who.actor, session_id=session_id)

    expect(free).to_contain_text("Yours")


def test_a_booking_that_is_begun_elsewhere_appears(open_window: Open, running: Running) -> None:
    who = customer(running.here.ports)
    page = open_window(who)
    page.goto("/customer/sessions")
    expect(page.locator("#unfinished")).to_be_empty()

    booked(running.here.ports, who)

    expect(page.locator("#unfinished")).not_to_be_empty()


def test_the_list_of_notifications_follows(open_window: Open, running: Running) -> None:
    session_id, who = waiting(running)
    page = open_window(who)
    page.goto("/notifications")
    expect(page.locator("#told")).to_contain_text("Nothing yet")

    take(running, session_id)

    expect(page.locator("#told")).to_contain_text("is ready for you")
