"""A mechanic's day in the browser: requests that come by themselves, a room, a report, money."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from autodoctor.application.accounts.sign_in import open_login
from autodoctor.application.mechanics.shift import clock
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.application.sessions.room import join
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.sessions.routing import RoutingKind
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.entrypoints.demo.people import PEOPLE, WORKSHOP
from support.looking import look_at
from support.money import balances
from support.offers import CONCERN, paid_request, photo, request_of
from support.people import Person, customer, person
from support.running import Running
from support.talking import let_minutes_pass
from support.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

DASHBOARD = "/mechanic/dashboard"
RARE = "Quillon"
MECHANICS = (
    DASHBOARD,
    "/mechanic/dashboard/virtual",
    "/mechanic/sessions/virtual",
    "/mechanic/sessions",
    "/mechanic/earnings",
    "/mechanic/earnings?range=custom&from=2026-02-02&to=2026-01-01",
)
STAFF = ("/admin/dashboard", "/admin/sessions", "/dev/clock")

Open = Callable[..., Page]


def at(page: Page, path: str) -> Page:
    page.goto(path)
    return page


def demo(running: Running, name: str) -> Person:
    """One of the demo's people, with a login of their own."""
    ports = running.here.ports
    told = next(each for each in PEOPLE if each.name.startswith(name))
    with ports.transactions(SYSTEM) as tx:
        account = tx.accounts.by_email(EmailAddress(told.email))
    assert account is not None, "the demo's people are there"
    signed_in = open_login(ports, account, role=told.role, address="127.0.0.1", agent="tests")
    return Person(signed_in.actor, signed_in.token)


def on_shift(running: Running, *names: str) -> list[Person]:
    people = [demo(running, name) for name in names]
    for each in people:
        clock(running.here.ports, actor=each.actor, on_shift=True)
    return people


def test_a_request_appears_by_itself_with_all_that_is_needed_to_decide(
    running: Running, open_window: Open
) -> None:
    maya, driver = demo(running, "Maya"), customer(running.here.ports)
    clock(running.here.ports, actor=maya.actor, on_shift=False)
    page = at(open_window(maya), DASHBOARD)
    expect(page.get_by_role("heading", name="You are off shift")).to_be_visible()
    page.get_by_role("switch", name="On shift").check()
    expect(page.get_by_role("heading", name="You are off shift")).to_be_hidden()
    page.evaluate("window.sameAsBefore = true")

    session_id = paid_request(running, driver, file_ids=(photo(running.here.ports, driver),))

    card = page.locator(f"#request-{request_of(running.here.ports, session_id)}")
    expect(card).to_contain_text("2015 Honda Civic")
    for told in ("$8.00", "Quick Chat, 30 minutes by chat", "Casey", "1 photo or file"):
        expect(card).to_contain_text(told)
    expect(card).to_contain_text("You know this: Brake noise, Brakes")
    expect(card.get_by_role("timer")).to_contain_text("14:")
    assert page.evaluate("window.sameAsBefore") is True
    card.get_by_role("link", name="View").click()
    expect(page.get_by_text(CONCERN)).to_be_visible()
    expect(page.get_by_text("You are both in Toronto")).to_be_visible()
    seen = "image => image.complete && image.naturalWidth > 0"
    until("the photo", lambda: page.locator(".photos img").evaluate(seen))
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("Declined.")).to_be_visible()
    expect(card).to_have_count(0)


def test_one_takes_it_the_other_is_told_and_the_report_brings_the_money(
    running: Running, open_window: Open
) -> None:
    maya, luc = on_shift(running, "Maya", "Luc")
    driver = customer(running.here.ports)
    session_id = paid_request(running, driver)
    path = f"/mechanic/requests/{request_of(running.here.ports, session_id)}"
    faster, slower = at(open_window(maya), path), at(open_window(luc, scripts=False), path)

    faster.get_by_role("button", name="Accept").click()

    expect(faster).to_have_url(re.compile(f"/chat/{session_id}$"))
    slower.get_by_role("button", name="Accept").click()
    expect(slower.get_by_role("heading", name="Another mechanic was faster")).to_be_visible()
    slower.get_by_role("link", name="Back to your requests").click()
    expect(slower).to_have_url(re.compile(f"{DASHBOARD}$"))

    join(running.here.ports, actor=driver.actor, session_id=session_id)
    join(running.here.ports, actor=maya.actor, session_id=session_id)
    let_minutes_pass(running, session_id, 2)
    write_report(faster, session_id)

    until("the payout", lambda: paid_out(faster))
    expect(faster.locator(".tile", has_text="You earned")).to_contain_text("$8.00")
    assert balances(running, driver.id) == {
        "processor": 199,
        "held": 0,
        "platform": -199,
        "mechanic": 0,
    }
    look_at_the_timeline(at(open_window(demo(running, "Alex")), f"/admin/sessions/{session_id}"))


def write_report(page: Page, session_id: object) -> None:
    page.goto(f"/mechanic/session/{session_id}/complete")
    page.get_by_label("Findings").fill("Front left pad worn to the plate.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("#next_steps-error")).to_contain_text("needs this part")
    expect(page.get_by_label("Findings")).to_have_value("Front left pad worn to the plate.")
    page.get_by_label("Steps taken").fill("Looked at the pad through the wheel.")
    page.get_by_label("Next steps").fill("Replace pads and rotors as a pair.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Casey has your report. Ready for the next customer.")).to_be_visible()


def paid_out(page: Page) -> bool:
    page.goto("/mechanic/earnings?range=day")
    return page.get_by_text("Paid out to your account").first.is_visible()


def look_at_the_timeline(page: Page) -> None:
    timeline = page.locator(".timeline")
    for told in (
        "Booked, $9.99 paid",
        "Maya Okafor accepted",
        "Both are there: the clock runs",
        "Completed after 2 minutes, ended by hand",
        "$8.00 paid out",
    ):
        expect(timeline).to_contain_text(told)
    expect(timeline).to_contain_text("by Maya Okafor, the mechanic")
    expect(page.get_by_role("table", name="Ledger")).to_contain_text("Earned, and shared")


def test_a_workshop_sees_its_request_first_and_everybody_after_a_minute(
    running: Running, open_window: Open
) -> None:
    maya, luc = on_shift(running, "Maya", "Luc")
    driver, admin = customer(running.here.ports), demo(running, "Alex")
    member, independent = at(open_window(luc), DASHBOARD), at(open_window(maya), DASHBOARD)
    expect(independent.get_by_role("switch", name="On shift")).to_be_checked()

    session_id = paid_request(running, driver, routing=RoutingKind.HYBRID, workshop_id=WORKSHOP)

    own = f"#request-{request_of(running.here.ports, session_id)}"
    expect(member.locator(own)).to_contain_text("Only your workshop sees it until")
    expect(independent.locator(own)).to_have_count(0)
    staff = at(open_window(admin), "/dev/clock")
    staff.get_by_role("button", name="+1 min").click()
    expect(independent.locator(own)).to_contain_text("2015 Honda Civic")
    member.locator(own).get_by_role("button", name="Decline").click()


def test_a_request_nobody_takes_is_refunded_by_itself(running: Running, open_window: Open) -> None:
    [maya] = on_shift(running, "Maya")
    driver, admin = customer(running.here.ports), demo(running, "Alex")
    session_id = paid_request(running, driver)
    request_id = request_of(running.here.ports, session_id)
    page = at(open_window(maya), f"/mechanic/requests/{request_id}")

    at(open_window(admin), "/dev/clock").get_by_role("button", name="+15 min").click()

    expect(page.get_by_role("heading", name="This request is over")).to_be_visible()
    theirs = at(open_window(driver), f"/session/{session_id}")
    until("the refund", lambda: theirs.reload() and "Refunded" in theirs.inner_text("main"))
    assert balances(running, driver.id) == {"processor": 0, "held": 0}


def test_staff_find_sessions_by_customer_and_mechanics_do_not(
    running: Running, open_window: Open
) -> None:
    [maya], driver = on_shift(running, "Maya"), person(running.here.ports, Role.CUSTOMER, name=RARE)
    session_id = paid_request(running, driver)
    request_id = request_of(running.here.ports, session_id)
    accept(running.here.ports, actor=maya.actor, request_id=request_id)
    cancel_session(running.here.ports, actor=driver.actor, session_id=session_id)

    staff = at(open_window(demo(running, "Alex")), f"/admin/sessions?text={RARE}")
    own = at(open_window(maya), f"/mechanic/sessions?text={RARE}")

    expect(staff.get_by_role("link", name="Quick Chat")).to_have_count(1)
    expect(own.get_by_role("heading", name="Your sessions").last).to_be_visible()
    expect(own.get_by_text("No session is like that.")).to_be_visible()
    hub = at(staff, "/admin/dashboard")
    expect(hub.get_by_text("The books balance")).to_be_visible()
    expect(hub.get_by_role("link", name="Total sessions")).to_have_text(re.compile(r"[1-9]"))


def test_a_mechanic_cannot_open_the_pages_of_staff(running: Running, open_window: Open) -> None:
    maya = demo(running, "Maya")

    page = at(open_window(maya), "/admin/dashboard")

    expect(page.get_by_text("Error 403")).to_be_visible()
    page.goto("/dev/clock")
    expect(page.get_by_text("Error 403")).to_be_visible()


def test_every_page_of_theirs_is_accessible_and_fits(running: Running, open_window: Open) -> None:
    [maya], driver = on_shift(running, "Maya"), customer(running.here.ports)
    session_id = paid_request(running, driver, urgent=True)
    request_id = request_of(running.here.ports, session_id)
    mechanic, staff = (
        open_window(maya),
        open_window(demo(running, "Alex")),
    )
    pages = [(mechanic, path) for path in (*MECHANICS, f"/mechanic/requests/{request_id}")]
    pages += [(staff, path) for path in (*STAFF, f"/admin/sessions/{session_id}")]

    for page, path in pages:
        at(page, path)
        look_at(page)
    cancel_session(running.here.ports, actor=driver.actor, session_id=session_id)
