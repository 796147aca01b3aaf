from datetime import timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.sessions.cancellation import CancellationTable
from autodoctor.domain.sessions.routing import Routing, RoutingKind
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.shared.money import Money, Rate
from autodoctor.entrypoints.web.pages.waiting_view import (
    WaitingView,
    absent_text,
    cancel_view,
    waiting_view,
)
from autodoctor.ports.queries import RequestView, SessionView
from support.seen import NOW, REQUEST, SPACE, VIEW, WHEN

TABLE = CancellationTable()
WAITING = attrs.evolve(VIEW, status=SessionStatus.WAITING)
LATER = attrs.evolve(WAITING, scheduled_for=NOW + timedelta(days=1))
KEY = UUID(int=7)


def view(
    session: SessionView = WAITING, request: RequestView = REQUEST, online: int = 3
) -> WaitingView:
    return waiting_view(session, request, online=online, table=TABLE, when=WHEN)


def test_waiting_says_how_long_until_when_and_what_becomes_of_the_money() -> None:
    waiting = view()

    assert waiting.elapsed == "1:30"
    assert waiting.left.digits == "13:30"
    assert waiting.money == (
        f"If nobody has taken it by 2:45{SPACE}p.m., it ends. $9.99 is refunded to your card."
    )


def test_what_was_refunded_before_is_not_promised_again() -> None:
    half = attrs.evolve(WAITING, refunded=Money(500), refund_arrived=Money(500))
    left = "$4.99 is refunded to your card. $5.00 was refunded before."

    assert view(half).money.endswith(left)
    assert view(half).cancel.text == left


def test_a_free_session_is_not_lost_by_waiting() -> None:
    free = view(attrs.evolve(WAITING, price=Money(0)))

    assert "your free session stays yours" in free.money


@pytest.mark.parametrize(
    ("session", "said"),
    [
        (WAITING, "within ten minutes of a mechanic accepting"),
        (WAITING, "called off. $9.99 is refunded to your card."),
        (attrs.evolve(WAITING, price=Money(0)), "called off, and your free session stays yours."),
        (LATER, f"by tomorrow, 2:42{SPACE}p.m."),
        (LATER, "called off, and the $9.99 you paid is not refunded."),
        (attrs.evolve(LATER, scheduled_for=NOW), "called off. $9.99 is refunded to your card."),
    ],
)
def test_waiting_says_what_becomes_of_a_customer_who_does_not_come(
    session: SessionView, said: str
) -> None:
    assert said in view(session).absent


def test_what_a_customer_who_does_not_come_gets_back_is_a_setting() -> None:
    half = CancellationTable(late=Rate.percent(50))

    told = absent_text(LATER, table=half, when=WHEN)

    assert "called off. $5.00 is refunded to your card." in told


@pytest.mark.parametrize(
    ("online", "hint"),
    [(0, "Nobody is on shift"), (1, "One mechanic is on shift."), (3, "3 mechanics are on shift.")],
)
def test_the_hint_says_how_many_are_on_shift(online: int, hint: str) -> None:
    assert view(online=online).hint.startswith(hint)


@pytest.mark.parametrize(
    ("routing", "waited_seconds", "told"),
    [
        (Routing(), 5, ""),
        (Routing(chosen_mechanic_id=MechanicId(KEY)), 5, "The mechanic you chose sees it alone"),
        (Routing(chosen_mechanic_id=MechanicId(KEY)), 60, ""),
        (Routing(RoutingKind.HYBRID, WorkshopId(KEY)), 59, "The workshop you chose sees it first"),
        (Routing(RoutingKind.HYBRID, WorkshopId(KEY)), 60, ""),
        (Routing(RoutingKind.WORKSHOP_ONLY, WorkshopId(KEY)), 600, "Only the workshop you chose"),
    ],
)
def test_whoever_was_chosen_is_named_as_long_as_they_come_first(
    routing: Routing, waited_seconds: int, told: str
) -> None:
    since = NOW - timedelta(seconds=waited_seconds)

    shown = view(request=attrs.evolve(REQUEST, routing=routing, waiting_since=since)).routing

    assert shown.startswith(told)
    assert bool(shown) is bool(told)


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (24, "$9.99 is refunded to your card."),
        (3, "$5.00 is refunded to your card."),
        (1, "It is too late for a refund"),
    ],
)
def test_cancelling_an_appointment_says_what_the_table_gives_back(hours: int, told: str) -> None:
    booked = attrs.evolve(
        VIEW, status=SessionStatus.SCHEDULED, scheduled_for=NOW + timedelta(hours=hours)
    )

    assert cancel_view(booked, table=TABLE, when=WHEN).text.startswith(told)


def test_cancelling_what_was_free_says_that_nothing_was_charged() -> None:
    free = attrs.evolve(WAITING, price=Money(0))

    assert cancel_view(free, table=TABLE, when=WHEN).text.startswith("Nothing was charged")


def test_keeping_an_accepted_session_does_not_lead_into_its_room() -> None:
    def back(status: SessionStatus) -> str:
        session = attrs.evolve(WAITING, status=status)
        return cancel_view(session, table=TABLE, when=WHEN).back_url

    assert back(SessionStatus.WAITING) == f"/session/{WAITING.id}"
    for status in (SessionStatus.MATCHED, SessionStatus.SCHEDULED):
        assert back(status) == f"/customer/sessions/{WAITING.id}"
