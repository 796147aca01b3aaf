"""Coming in by another provider, through its own pages."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from support.claims import wrong
from support.looking import look_at
from support.mailbox import mailed_code
from support.providers import provider_process
from support.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]
DANA = {"sub": "dana", "name": "Dana Fleet", "email": "dana@fleet.example", "email_verified": True}
EVE = {"sub": "eve", "name": "Eve Fleet", "email": "eve@fleet.example", "email_verified": False}


@pytest.fixture(scope="module", autouse=True)
def issuer(issuer_port: int) -> Iterator[str]:
    users = (each for user in (DANA, EVE) for each in ("--user-claims", json.dumps(user)))
    with provider_process(issuer_port, "--require-nonce", "true", *users) as url:
        yield url


def leave_for_provider(page: Page, door: str) -> None:
    page.goto(door)
    page.get_by_role("button", name="Fleet & Co").click()
    expect(page.get_by_role("heading", name="Authorize Client")).to_be_visible()


def come_as(page: Page, subject: str) -> None:
    chosen = page.locator("form[aria-labelledby=heading-auth-predefined]")
    chosen.get_by_role("button", name=subject, exact=True).click()


def test_somebody_signs_up_logs_out_and_comes_back(open_window: Open) -> None:
    page = open_window()

    leave_for_provider(page, "/signup")
    come_as(page, "dana")
    expect(page).to_have_title("Before you go on · autodoctor")
    page.get_by_role("button", name="Agree and go on").click()
    expect(page.get_by_role("alert")).to_be_visible()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Agree and go on").click()
    expect(page.get_by_role("heading", name="Hello, Dana")).to_be_visible()

    page.goto("/account/security")
    page.get_by_role("button", name="Log out").first.click()
    page.goto("/customer/dashboard")
    expect(page).to_have_title("Log in · autodoctor")

    leave_for_provider(page, "/login")
    come_as(page, "dana")
    expect(page.get_by_role("heading", name="Hello, Dana")).to_be_visible()


def test_who_comes_with_an_address_nobody_vouches_for_shows_it_by_a_code(
    open_window: Open, running: Running
) -> None:
    page = open_window()

    leave_for_provider(page, "/signup")
    come_as(page, "eve")
    expect(page).to_have_title("Which email address is yours? · autodoctor")
    expect(page.get_by_label("Email address")).to_have_value("eve@fleet.example")
    look_at(page, "whose-address")
    page.get_by_role("button", name="Mail me a code").click()

    expect(page).to_have_title("Type the code · autodoctor")
    code = mailed_code(running, "eve@fleet.example")
    page.get_by_label("Code").fill(wrong(code))
    page.get_by_role("button", name="Open my account").click()
    expect(page.get_by_role("alert")).to_contain_text("This code is wrong")
    look_at(page, "address-code")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Open my account").click()

    expect(page).to_have_title("Before you go on · autodoctor")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Agree and go on").click()
    expect(page.get_by_role("heading", name="Hello, Eve")).to_be_visible()


def test_who_says_no_there_is_not_let_in_here(open_window: Open) -> None:
    page = open_window()

    leave_for_provider(page, "/login")
    page.get_by_role("button", name="Deny").click()

    expect(page).to_have_title("Log in · autodoctor")
    expect(page.get_by_role("alert").or_(page.get_by_role("status")).first).to_be_visible()
