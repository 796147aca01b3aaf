"""Every page of a customer, and both rooms: accessible, fitting its screen, made for thumbs."""

from collections.abc import Callable
from uuid import UUID

import attrs
import pytest
from playwright.sync_api import Page, expect

from autodoctor.application.room.chat import send_message
from autodoctor.application.room.report import write_report
from autodoctor.application.sessions.ending import end_session
from autodoctor.application.sessions.room import join
from autodoctor.domain.shared.ids import SessionId
from support.booking import book
from support.looking import look_at
from support.people import Person
from support.running import Running
from support.talking import Room, let_minutes_pass, room, waiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]


@attrs.frozen
class Places:
    """One session in each state that has pages of its own."""

    open_room: Room
    closed_room: Room
    waits: SessionId
    waits_for: Person


@pytest.fixture(scope="module")
def places(running: Running) -> Places:
    waits, waits_for = waiting(running)
    open_room, closed = room(running), room(running)
    talk(running, open_room)
    talk(running, closed)
    let_minutes_pass(running, closed.session_id, 3)
    end_session(running.here.ports, actor=closed.customer.actor, session_id=closed.session_id)
    write_report(
        running.here.ports,
        actor=closed.mechanic.actor,
        session_id=closed.session_id,
        findings="Front pads worn to the metal.",
        steps_taken="Looked at photos of both wheels.",
        next_steps="Replace pads and discs before driving on.",
        parts_needed="Front pads, two discs",
    )
    return Places(open_room, closed, waits, waits_for)


def talk(running: Running, here: Room) -> None:
    """Both are there, and each has said something."""
    for who in (here.customer, here.mechanic):
        join(running.here.ports, actor=who.actor, session_id=here.session_id)
    for who in (here.customer, here.mechanic):
        send_message(
            running.here.ports,
            actor=who.actor,
            session_id=here.session_id,
            client_id=UUID(int=who.id.int >> 1),
            text="A word of somewhat more than one line, as people write them when it matters.",
        )


@pytest.fixture
def look(open_window: Open) -> Callable[..., None]:
    """Opens a path as somebody and looks at it."""

    def looked(path: str, who: Person | None = None) -> None:
        page = open_window(who)
        page.goto(path)
        look_at(page)

    return looked


@pytest.mark.parametrize(
    "path",
    [
        "/signup",
        "/login",
        "/mechanic/login",
        "/customer/verify-email",
        "/verify",
        "/verify?token=0",
    ],
)
def test_a_visitors_page(path: str, look: Callable[..., None]) -> None:
    look(path)


def test_the_reference_of_the_api(open_window: Open) -> None:
    """The first twenty stand for all: they come of one template, and looking at two hundred takes
    as long as looking at twenty pages."""
    page = open_window()
    page.goto("/api/docs")
    rest = "[...document.querySelectorAll('.endpoints details')].slice(20)"
    page.evaluate(f"{rest}.forEach((each) => each.remove())")
    page.locator(".endpoints details summary").first.click()
    look_at(page)


@pytest.mark.parametrize(
    "path",
    [
        "/customer/dashboard",
        "/customer/sessions",
        "/customer/sessions?q=nothing",
        "/customer/profile",
        "/customer/vehicles",
        "/customer/favorites",
        "/customer/payments",
        "/account/notifications",
        "/account/consents",
        "/notifications",
        "/onboarding/pricing",
    ],
)
def test_a_customers_page(path: str, look: Callable[..., None], places: Places) -> None:
    look(path, places.closed_room.customer)


def test_the_pages_of_a_session(look: Callable[..., None], places: Places) -> None:
    closed = places.closed_room

    look(f"/customer/sessions/{closed.session_id}", closed.customer)
    look(f"/thank-you?session={closed.session_id}", closed.customer)
    look(f"/session/{places.waits}", places.waits_for)
    look(f"/session/{places.waits}/cancel", places.waits_for)


def test_the_room_of_each(look: Callable[..., None], places: Places) -> None:
    look(places.open_room.path, places.open_room.customer)
    look(places.open_room.path, places.open_room.mechanic)
    look(f"{places.open_room.path}/end", places.open_room.customer)
    look(places.closed_room.path, places.closed_room.customer)


def test_the_steps_of_a_booking(open_window: Open, places: Places) -> None:
    page = open_window(places.closed_room.customer)

    page.goto("/intake?plan=quick-chat")
    look_at(page)
    book(page, "quick-chat")
    look_at(page)
    for title in ("What is wrong", "Your mechanic"):
        page.get_by_role("link", name="Back").or_(page.get_by_role("button", name="Back")).click()
        expect(page).to_have_title(f"{title} · autodoctor")
        look_at(page)


def test_what_is_refused(open_window: Open) -> None:
    page = open_window()

    page.goto("/signup")
    page.get_by_role("button", name="Create my account").click()
    expect(page.get_by_role("alert")).to_be_focused()

    look_at(page)


def test_what_was_refused_can_be_gone_back_to(open_window: Open, places: Places) -> None:
    page = open_window(places.closed_room.customer)
    page.goto("/customer/profile")
    page.get_by_label("Phone").fill("not a number")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_label("Phone")).to_have_attribute("aria-invalid", "true")
    page.goto("/customer/sessions")

    page.go_back()

    expect(page.get_by_label("Phone")).to_have_value("not a number")


def test_a_booking_is_made_by_keyboard_alone(open_window: Open, places: Places) -> None:
    page = open_window(places.closed_room.customer)
    page.goto("/intake?plan=quick-chat")

    page.get_by_label("Year").focus()
    for text in ("2018", "Honda", "Civic"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Your mechanic · autodoctor")
    page.get_by_role("radio", name="Anyone who is free").focus()
    page.keyboard.press("Enter")

    expect(page).to_have_title("What is wrong · autodoctor")
