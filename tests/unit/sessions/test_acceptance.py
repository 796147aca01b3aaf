from datetime import datetime, timedelta

import pytest

from autodoctor.domain.sessions.acceptance import accept
from autodoctor.domain.sessions.attendance import Attendance, Party
from autodoctor.domain.sessions.events import MechanicReleased, RequestAccepted, RequestOpened
from autodoctor.domain.sessions.request import (
    RequestClosed,
    RequestNotForYou,
    RequestStatus,
    RequestTaken,
)
from autodoctor.domain.sessions.routing import Routing, RoutingKind
from autodoctor.domain.sessions.states import (
    IllegalTransition,
    SessionStatus,
    TransitionNotYours,
)
from autodoctor.domain.shared.actor import Role
from autodoctor.testing.consultations import (
    CUSTOMER,
    MECHANIC,
    OPENED_AT,
    OTHER_MECHANIC,
    WORKSHOP,
    Consultation,
)
from autodoctor.testing.stories import brought_to

MINUTE = timedelta(minutes=1)
LATER = OPENED_AT + timedelta(days=2)


def waiting(**booked: object) -> Consultation:
    told = Consultation()
    told.open(**booked)
    told.wait(MINUTE)
    return told


def test_who_accepts_a_session_for_now_is_matched() -> None:
    told = waiting()

    events = told.accept(workshop_id=WORKSHOP)

    session, request = told.session, told.request
    assert session.status is SessionStatus.MATCHED
    assert (session.mechanic_id, session.workshop_id) == (MECHANIC, WORKSHOP)
    assert session.matched_at == OPENED_AT + MINUTE
    assert (request.status, request.accepted_by) == (RequestStatus.ACCEPTED, MECHANIC)
    assert events == (RequestAccepted(session.id, request.id, CUSTOMER, MECHANIC, WORKSHOP, None),)


def test_who_accepts_one_for_later_is_scheduled() -> None:
    told = waiting(scheduled_for=LATER)

    (accepted,) = told.accept()

    assert told.session.status is SessionStatus.SCHEDULED
    assert told.session.mechanic_id == MECHANIC
    assert accepted.scheduled_for == LATER


def test_the_winner_asking_again_changes_nothing_even_once_it_is_live() -> None:
    told = waiting()
    told.accept()
    told.start()
    before = told.session, told.request

    assert told.accept() == ()

    assert (told.session, told.request) == before


def test_exactly_one_mechanic_wins() -> None:
    told = waiting()
    told.accept(OTHER_MECHANIC)

    with pytest.raises(RequestTaken):
        told.accept(MECHANIC)

    assert told.session.mechanic_id == OTHER_MECHANIC


def test_an_admin_gives_a_waiting_session_to_a_mechanic() -> None:
    told = waiting(routing=Routing(chosen_mechanic_id=OTHER_MECHANIC))

    events = told.assign(MECHANIC, workshop_id=WORKSHOP)

    assert (told.request.status, told.request.accepted_by) == (RequestStatus.ACCEPTED, MECHANIC)

    assert told.session.status is SessionStatus.MATCHED
    assert (told.session.mechanic_id, told.session.workshop_id) == (MECHANIC, WORKSHOP)
    assert [type(event) for event in events] == [RequestAccepted]


def test_a_workshops_member_takes_what_is_the_workshops_alone() -> None:
    told = waiting(routing=Routing(RoutingKind.WORKSHOP_ONLY, WORKSHOP))

    with pytest.raises(RequestNotForYou):
        told.accept()
    told.accept(workshop_id=WORKSHOP)

    assert told.session.workshop_id == WORKSHOP


def test_an_admin_gives_an_appointment_too() -> None:
    told = waiting(scheduled_for=LATER)

    told.assign()

    assert told.session.status is SessionStatus.SCHEDULED


def test_a_request_that_has_died_is_assigned_to_nobody() -> None:
    told = waiting()
    told.wait(15 * MINUTE)

    with pytest.raises(RequestClosed):
        told.assign()


def test_another_sessions_request_is_our_own_mistake() -> None:
    told, other = waiting(), Consultation(session_id=waiting().session.intake_id)
    other.open()

    with pytest.raises(AssertionError, match="another session's"):
        accept(told.session, other.request, mechanic_id=MECHANIC, workshop_id=None, at=told.now)


@pytest.mark.parametrize("later", [None, LATER])
def test_a_mechanic_who_withdraws_leaves_a_session_that_waits_anew(later: datetime | None) -> None:
    told = waiting(scheduled_for=later)
    told.accept(workshop_id=WORKSHOP)
    first = told.request
    told.wait(MINUTE)

    events = told.release()

    session, second = told.session, told.request
    assert session.status is SessionStatus.WAITING
    assert (session.mechanic_id, session.workshop_id, session.matched_at) == (None, None, None)
    assert session.mechanic_no_shows == 0
    assert second.id not in (first.id, None)
    assert (second.session_id, second.routing) == (session.id, first.routing)
    assert second.waiting_since == told.now
    assert told.shelf.requests()[0].status is RequestStatus.CANCELLED
    assert events == (
        MechanicReleased(session.id, MECHANIC, no_show=False),
        RequestOpened(session.id, second.id, second.expires_at),
    )


def test_a_mechanic_who_did_not_come_is_counted() -> None:
    told = waiting()
    told.accept()
    told.wait(10 * MINUTE)

    (released, _) = told.release(by=Role.SYSTEM, no_show=True)

    assert released == MechanicReleased(told.session.id, MECHANIC, no_show=True)
    assert told.session.mechanic_no_shows == 1
    assert told.request.expires_at == told.now + 15 * MINUTE


def test_no_shows_add_up() -> None:
    told = waiting()
    for _ in range(2):
        told.accept()
        told.release(by=Role.SYSTEM, no_show=True)
    told.accept()
    told.release()

    assert told.session.mechanic_no_shows == 2


def test_whoever_sat_in_the_room_is_forgotten_with_the_mechanic() -> None:
    told = waiting()
    told.accept()
    told.join(Party.CUSTOMER)

    told.release()

    assert told.session.attendance == Attendance()


def test_a_session_taken_over_after_a_no_show_at_its_appointment_starts_at_once() -> None:
    told = brought_to(SessionStatus.SCHEDULED)
    appointment = told.session.scheduled_for
    assert appointment is not None
    told.now = appointment + 10 * MINUTE
    told.release(by=Role.SYSTEM, no_show=True)
    told.wait(14 * MINUTE)

    told.accept(OTHER_MECHANIC)

    assert told.session.status is SessionStatus.MATCHED
    assert told.session.mechanic_id == OTHER_MECHANIC


def test_one_taken_over_at_the_very_moment_of_its_appointment_starts_at_once() -> None:
    told = brought_to(SessionStatus.SCHEDULED)
    assert told.session.scheduled_for is not None
    told.now = told.session.scheduled_for
    told.release(by=Role.ADMIN)

    told.accept(OTHER_MECHANIC)

    assert told.session.status is SessionStatus.MATCHED


def test_a_customer_lets_no_mechanic_go() -> None:
    told = brought_to(SessionStatus.MATCHED)

    with pytest.raises(TransitionNotYours):
        told.release(by=Role.CUSTOMER)


@pytest.mark.parametrize("status", [SessionStatus.WAITING, SessionStatus.LIVE])
def test_a_mechanic_goes_only_before_the_start(status: SessionStatus) -> None:
    told = brought_to(status)

    with pytest.raises(IllegalTransition) as refused:
        told.release()

    assert refused.value.facts == {"current": status, "requested": SessionStatus.WAITING}
