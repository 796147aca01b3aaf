"""From a workshop's sign-up to its first mechanic on shift, and its pages looked at."""

import re
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from autodoctor.application.workshops.programs import apply_to, keep_program
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.ids import ProgramId
from autodoctor.domain.workshops.program import Program
from autodoctor.ports.bundle import Ports
from support.agreeing import agree
from support.looking import look_at
from support.mailbox import mailed_link
from support.people import Person, mechanic, person
from support.running import Running
from support.turning_down import turn_down
from support.workshops import applicant, logged_in, owner, with_seat

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]
PASSWORD = "a fine old password"


def fill_business(page: Page, name: str, email: str) -> None:
    texts = {
        "Name of the workshop": name,
        "Business registration number": "BN 123456789",
        "Tax number (GST/HST)": "123456789 RT0001",
        "Street and number": "12 Queen Street West",
        "City": "Toronto",
        "Postal code": "m5v2t6",
        "Contact person": "Andie Axle",
        "Email address": email,
        "Postal prefixes": "m5v, M6J",
    }
    for label, text in texts.items():
        page.get_by_label(label, exact=True).fill(text)


def actor_of(running: Running, email: str, role: Role) -> Actor:
    with running.here.ports.transactions(SYSTEM) as tx:
        account = tx.accounts.by_email(EmailAddress(email))
    assert account is not None
    return Actor(account.id, role)


def apply(running: Running, page: Page, name: str, email: str) -> None:
    """As far as the page that says that staff look at it."""
    page.goto("/workshop/signup")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Please check what is marked")).to_be_visible()
    fill_business(page, name, email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    agree(page)
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()

    page.goto(mailed_link(running, email, "/verify"))
    page.get_by_role("button").last.click()
    expect(page.get_by_role("heading", name="We have received your application")).to_be_visible()
    page.goto("/workshop/dashboard")
    expect(page.get_by_role("heading", name="We have received your application")).to_be_visible()


def test_a_workshop_comes_in_and_its_mechanic_goes_on_shift(
    running: Running, open_window: Open
) -> None:
    mark = uuid4().hex[:8]
    name, email, wrench = f"Axle {mark}", f"garage-{mark}@test.example", f"w-{mark}@test.example"
    page = open_window(width=360, scripts=False)
    apply(running, page, name, email)

    admin = open_window(person(running.here.ports, Role.ADMIN))
    admin.goto("/admin/workshops/applications")
    admin.get_by_role("link", name=name).click()
    turned_down(admin, page)
    admin.get_by_role("button", name="Let them in").click()
    expect(admin.get_by_text("approve workshop application")).to_be_visible()

    page.goto("/workshop/team")
    page.get_by_label("Email address").fill(wrench)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Waiting for an answer")).to_be_visible()

    invited = open_window(width=360, scripts=False)
    invited.goto(mailed_link(running, wrench, "/invitations/"))
    expect(invited.get_by_role("heading", name=f"{name} invites you")).to_be_visible()
    invited.get_by_label("Full name").fill("Robin Torque")
    invited.get_by_label("Password", exact=True).fill(PASSWORD)
    agree(invited)
    invited.get_by_role("button", name=f"Join {name}").click()
    expect(invited).to_have_url(re.compile("/mechanic/signup"))

    page.goto("/workshop/dashboard")
    page.get_by_role("button", name="Let Robin Torque in").click()
    expect(page.get_by_text("In the team")).to_be_visible()
    _approved_by_us(running, wrench)
    invited.goto("/mechanic/dashboard")
    invited.get_by_label("On shift").check()
    invited.get_by_role("button", name="Save").first.click()
    page.goto("/workshop/dashboard")
    expect(page.get_by_text("On shift · 0 sessions for you")).to_be_visible()


def turned_down(admin: Page, page: Page) -> None:
    """With a reason that the workshop reads, and answers with another application."""
    turn_down(admin, page, why="Which bays?", dashboard="/workshop/dashboard")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="We have received your application")).to_be_visible()
    admin.reload()


def _approved_by_us(running: Running, email: str) -> None:
    """What a mechanic's own application is about is shown elsewhere."""
    running.sql(
        "UPDATE mechanics SET approved = true, profile_completion = 100 "
        f"WHERE id = '{actor_of(running, email, Role.MECHANIC).account_id}' RETURNING id"
    )


def test_a_suspended_workshop_is_out_within_five_seconds(
    running: Running, open_window: Open
) -> None:
    boss = owner(running.here.ports)
    page = open_window(logged_in(running.here.ports, boss))
    page.goto("/workshop/dashboard")
    admin = open_window(person(running.here.ports, Role.ADMIN))
    admin.goto(f"/admin/workshops/{boss.workshop_id}")
    admin.get_by_label("Why").fill("Complaints of customers.")
    admin.get_by_role("button", name="Suspend the workshop").click()
    expect(admin.get_by_text("Complaints of customers.").first).to_be_visible()

    page.reload()

    expect(page).to_have_url(re.compile("/workshop/login"))


def test_the_pages_of_workshops(running: Running, open_window: Open) -> None:
    ports = running.here.ports
    boss = owner(ports, name="Queen Street Garage & Sons", website="https://garage.example")
    waiting = applicant(ports, name="Waiting for Godot")
    admin = person(ports, Role.ADMIN)
    with_seat(ports, boss, Seat.ADVISOR)
    code = _a_team(running, boss)
    program, wrench = _a_program(ports, admin), mechanic(ports, on_shift=False)
    apply_to(ports, actor=wrench.actor, program_id=program.id, message="Ten years of hybrids.")
    windows: dict[str, tuple[Person | None, str]] = {
        "workshop-signup": (None, "/workshop/signup"),
        "workshop-signed-up": (None, "/workshop/signup/success"),
        "workshop-invitation": (None, code),
        "workshop-directory": (None, "/workshops"),
        "workshop-status": (logged_in(ports, waiting), "/workshop/status"),
        "workshop-register": (logged_in(ports, waiting), "/workshop/register"),
        "workshop-dashboard": (logged_in(ports, boss), "/workshop/dashboard"),
        "workshop-team": (logged_in(ports, boss), "/workshop/team"),
        "workshop-programs": (logged_in(ports, boss), "/workshop/partnerships/programs"),
        "workshop-apply": (logged_in(ports, boss), f"/workshop/partnerships/apply/{program.id}"),
        "mechanic-applied": (wrench, "/mechanic/partnerships/applications"),
        "admin-programs": (admin, "/admin/programs"),
        "workshop-profile": (logged_in(ports, boss), "/workshop/profile"),
        "admin-workshops": (admin, "/admin/workshops"),
        "admin-workshop": (admin, f"/admin/workshops/{waiting.workshop_id}"),
        "admin-workshop-open": (admin, f"/admin/workshops/{boss.workshop_id}"),
    }
    for name, (who, path) in windows.items():
        page = open_window(who)
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, name
        look_at(page, name)


def _a_program(ports: Ports, admin: Person) -> Program:
    made = Program(
        id=ProgramId(uuid4()),
        brand="Honda",
        title="Hybrid care",
        description="Training for hybrids, and parts at the dealer's price.",
        requirements="Three years with hybrids.",
        perks=("Training twice a year", "Parts at the dealer's price"),
        created_at=ports.now(),
    )
    return keep_program(ports, actor=admin.actor, program=made)


def _a_team(running: Running, boss: Actor) -> str:
    """One in, one who asks, one invited; the path of the invitation."""
    ports = running.here.ports
    member, asking = mechanic(ports, on_shift=False), mechanic(ports, on_shift=False)
    with _api(running, logged_in(ports, boss)) as client:
        for each in (member, asking):
            with ports.transactions(SYSTEM) as tx:
                email = tx.accounts.get(each.id).email.text
            client.post("/api/workshop/invite-mechanic", json={"email": email}).raise_for_status()
            code = mailed_link(running, email, "/invitations/").rsplit("/", 1)[-1]
            with _api(running, each) as own:
                joined = own.post("/api/mechanic/workshop-signup", json={"code": code})
                joined.raise_for_status()
        client.post(f"/api/workshop/mechanics/{member.id}/activate").raise_for_status()
        email = f"{uuid4().hex}@test.example"
        client.post("/api/workshop/invite-mechanic", json={"email": email}).raise_for_status()
    return mailed_link(running, email, "/invitations/")


def _api(running: Running, who: Person) -> httpx.Client:
    client = running.client()
    client.headers.update(who.headers)
    return client
