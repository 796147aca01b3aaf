"""How people log in, in a browser: security page, forgotten password, two steps, passkeys."""

import re
from collections.abc import Callable
from uuid import uuid4

import attrs
import pyotp
import pytest
from playwright.sync_api import Page, expect

from autodoctor.application.accounts.sign_in import open_login
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId
from support.looking import look_at
from support.mailbox import mailed_link
from support.people import Person
from support.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]
PASSWORD = "a fine old password"


@attrs.frozen
class Somebody:
    email: str
    person: Person


def somebody(running: Running, role: Role) -> Somebody:
    ports = running.here.ports
    email = f"{role.value}-{uuid4().hex[:8]}@test.example"
    account = Account(
        id=AccountId(uuid4()),
        email=EmailAddress(email),
        name="Alex Park",
        password_hash=ports.passwords.hash(PASSWORD),
        roles=frozenset({role}),
        created_at=ports.now(),
        verified_at=ports.now(),
    )
    with ports.transactions(SYSTEM) as tx:
        tx.accounts.add(account)
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    login = open_login(ports, account, role=role, address="192.0.2.7", agent=agent)
    open_login(
        ports, account, role=role, address="2001:db8::7", agent="Mozilla/5.0 (iPhone) Safari/604"
    )
    return Somebody(email, Person(Actor(account.id, role), login.token))


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.MECHANIC, Role.WORKSHOP, Role.ADMIN])
def test_the_security_page_of_each_role(role: Role, running: Running, open_window: Open) -> None:
    page = open_window(somebody(running, role).person)

    page.goto("/account/security")

    expect(page.get_by_role("heading", name="Password")).to_be_visible()
    expect(page.get_by_text("This device, now")).to_have_count(1)
    expect(page.get_by_text("Safari on iPhone")).to_be_visible()
    look_at(page, f"security-{role.value}")


def test_the_pages_around_logging_in(running: Running, open_window: Open) -> None:
    page = open_window()
    paths = {
        "forgot": "/forgot",
        "reset-void": "/reset?token=some-token",
        "workshop-login": "/workshop/login",
        "corporate-login": "/corporate/login",
        "hat": "/hat?token=some-token",
        "address": "/account/address?token=some-token",
    }
    for name, path in paths.items():
        page.goto(path)
        look_at(page, name)
    inside = open_window(somebody(running, Role.CUSTOMER).person)
    inside.goto("/account/close")
    look_at(inside, "close")


def test_a_forgotten_password_by_the_mailed_link_in_another_browser(
    running: Running, open_window: Open
) -> None:
    who = somebody(running, Role.MECHANIC)
    page = open_window()
    page.goto("/mechanic/login")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Email address").fill(who.email)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_text("a mail with a link is on its way")).to_be_visible()

    link = mailed_link(running, who.email, "/reset")
    page.goto(link)
    look_at(page, "reset")

    elsewhere = open_window(width=360, scripts=False)
    elsewhere.goto(link)
    elsewhere.get_by_label("New password").fill("an even finer password")
    elsewhere.get_by_role("button", name="Set it").click()

    expect(elsewhere).to_have_url(re.compile("/mechanic/login$"))
    elsewhere.get_by_label("Email address").fill(who.email)
    elsewhere.get_by_label("Password", exact=True).fill("an even finer password")
    elsewhere.get_by_role("button", name="Log in").click()
    expect(elsewhere).not_to_have_url(re.compile("login"))


def log_in(page: Page, email: str) -> None:
    page.goto("/admin/login")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def shown_now(running: Running, secret: str) -> str:
    """By the installation's clock, which other stories have moved."""
    return pyotp.TOTP(secret).at(running.here.ports.now())


@pytest.mark.parametrize(("width", "scripts"), [(360, False), (1280, True)])
def test_an_admin_sets_up_an_app_and_logs_in_with_two_steps(
    width: int, scripts: bool, running: Running, open_window: Open
) -> None:
    who = somebody(running, Role.ADMIN)
    page = open_window(width=width, scripts=scripts)
    log_in(page, who.email)
    page.goto("/account/security")
    page.get_by_role("link", name="Set up", exact=True).click()
    confirm(page)
    secret = page.locator("code").inner_text().replace(" ", "")
    if scripts:
        look_at(page, "set-up")
    page.get_by_label("6-digit code").fill(shown_now(running, secret))
    page.get_by_role("button", name="Confirm").click()
    codes = page.get_by_role("list", name="Recovery codes").locator("code").all_inner_texts()
    assert len(codes) == 10
    if scripts:
        look_at(page, "recovery-codes")
    page.get_by_role("button", name="I have saved them").click()
    expect(page.get_by_text("Logging in takes two steps")).to_be_visible()
    if scripts:
        look_at(page, "security-two-steps")

    page.context.clear_cookies()
    log_in(page, who.email)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    if scripts:
        look_at(page, "second-step")
    page.goto("/admin/dashboard")
    expect(page).to_have_url(re.compile("/login/second-step$"))
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("This code is wrong").first).to_be_visible()
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile("/admin/dashboard$"))


def confirm(page: Page) -> None:
    """A login alone sets up nothing."""
    expect(page).to_have_title("Confirm that it is you · autodoctor")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def virtual_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": False,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_opens_the_second_step(running: Running, open_window: Open) -> None:
    who = somebody(running, Role.ADMIN)
    page = open_window()
    virtual_authenticator(page)
    log_in(page, who.email)
    page.goto("/account/second-factor")
    look_at(page, "confirm-yourself")
    confirm(page)
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("list", name="Recovery codes").locator("li")).to_have_count(10)
    page.get_by_role("button", name="I have saved them").click()
    expect(page.get_by_text("Work laptop")).to_be_visible()

    page.context.clear_cookies()
    log_in(page, who.email)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/admin/dashboard$"))

    page.goto("/account/security")
    expect(page.get_by_text(re.compile("^Added .*, last used just now"))).to_be_visible()
    look_at(page, "security-passkey")


def test_a_passkey_of_another_device_opens_nothing(running: Running, open_window: Open) -> None:
    who = somebody(running, Role.ADMIN)
    page, other = open_window(), open_window()
    virtual_authenticator(page)
    virtual_authenticator(other)
    log_in(page, who.email)
    page.goto("/account/second-factor")
    confirm(page)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("list", name="Recovery codes").locator("li")).to_have_count(10)

    log_in(other, who.email)
    other.get_by_role("button", name="Use a passkey").click()

    expect(other.get_by_role("alert").filter(has_text="Try again")).to_be_visible()
    expect(other).to_have_url(re.compile("/login/second-step$"))


def test_an_ended_login_leads_its_open_page_to_the_door(
    running: Running, open_window: Open
) -> None:
    who = somebody(running, Role.CUSTOMER)
    page, elsewhere = open_window(who.person), open_window(who.person)
    elsewhere.goto("/account/security")
    page.goto("/login")
    page.goto("/customer/dashboard")
    expect(page).to_have_url(re.compile("/customer/dashboard$"))

    elsewhere.get_by_role("button", name="Log out").first.click()

    expect(page).to_have_url(re.compile("/login"))
