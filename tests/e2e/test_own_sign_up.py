"""Somebody has signed up with an address that is not theirs; its owner opens the link."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from support import plain
from support.looking import look_at
from support.mailbox import mailed_link
from support.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]
ADDRESS = "own@test.example"
AGREED = ("18 or older", "terms of service", "privacy policy", "I understand")


def test_the_owner_creates_an_account_of_their_own(open_window: Open, running: Running) -> None:
    agreed = dict.fromkeys(("adult", "terms", "privacy", "marketplace"), True)
    stranger = {"full_name": "A Stranger", "email": ADDRESS, "password": "a stranger's words"}
    plain.post(f"{running.url}/api/customer/signup", json=stranger | agreed).raise_for_status()
    page = open_window()

    page.goto(mailed_link(running, ADDRESS, "/verify"))
    page.get_by_role("link", name="Create your own account").click()
    expect(page.get_by_label("Email address")).to_have_value(ADDRESS)
    expect(page.get_by_label("Email address")).not_to_be_editable()
    look_at(page, "own-sign-up")
    page.get_by_label("Full name").fill("Casey Driver")
    page.get_by_label("Password").fill("short")
    for agreement in AGREED:
        page.get_by_label(agreement).check()
    page.get_by_role("button", name="Create my account").click()
    expect(page.get_by_role("alert")).to_contain_text("Use 10 to 128 characters.")
    page.get_by_label("Password").fill("a quiet engine hums")
    page.get_by_role("button", name="Create my account").click()

    expect(page.get_by_text("Your address is confirmed. Welcome!")).to_be_visible()
    expect(page).to_have_title("Choose a plan · autodoctor")


def test_a_link_that_was_used_leads_to_no_form(open_window: Open, running: Running) -> None:
    page = open_window()

    page.goto("/signup?link=used-before")

    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work any more")
