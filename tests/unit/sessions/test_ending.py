from datetime import timedelta

import pytest

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.ending import NotDueYet
from autodoctor.domain.sessions.events import (
    SessionCancelled,
    SessionCompleted,
    SessionExpired,
    SessionRefunded,
)
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.states import (
    IllegalTransition,
    SessionStatus,
    TransitionNotYours,
)
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.money import Money
from autodoctor.testing.consultations import CUSTOMER, MECHANIC, OPENED_AT, Consultation
from autodoctor.testing.stories import brought_to

TICK = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
PRICE, NOTHING = Money(4999), Money(0)


def talked(duration: timedelta) -> Consultation:
    told = brought_to(SessionStatus.LIVE)
    told.wait(duration)
    return told


@pytest.mark.parametrize("by", [Role.CUSTOMER, Role.MECHANIC, Role.ADMIN])
def test_either_party_or_an_admin_ends_it(by: Role) -> None:
    told = talked(12 * MINUTE)

    events = told.end(by=by)

    session = told.session
    assert session.status is SessionStatus.COMPLETED
    assert session.ended_at == told.now
    assert (session.timer.used, session.timer.running_since) == (12 * MINUTE, None)
    assert events == (
        SessionCompleted(session.id, CUSTOMER, MECHANIC, minutes=12, timed_out=False),
    )


def test_a_workshop_ends_nobodys_session() -> None:
    with pytest.raises(TransitionNotYours) as refused:
        talked(12 * MINUTE).end(by=Role.WORKSHOP)

    assert refused.value.role is Role.WORKSHOP


@pytest.mark.parametrize(
    ("duration", "status"),
    [
        (timedelta(0), SessionStatus.CANCELLED),
        (60 * timedelta(seconds=1) - TICK, SessionStatus.CANCELLED),
        (60 * timedelta(seconds=1), SessionStatus.COMPLETED),
    ],
)
def test_under_a_minute_of_both_present_is_no_consultation(
    duration: timedelta, status: SessionStatus
) -> None:
    told = talked(duration)

    told.end()

    assert told.session.status is status


def test_what_was_too_short_is_given_back_whole() -> None:
    told = talked(59 * timedelta(seconds=1))

    events = told.end(by=Role.MECHANIC)

    assert events == (
        SessionCancelled(told.session.id, CUSTOMER, MECHANIC, Cause.TOO_SHORT, PRICE, NOTHING),
    )
    assert told.session.ended_at == told.now


def test_the_minute_counts_in_pieces() -> None:
    told = talked(40 * timedelta(seconds=1))
    told.leave(Party.CUSTOMER)
    told.wait(2 * MINUTE)
    told.join(Party.CUSTOMER)
    told.wait(20 * timedelta(seconds=1))

    (completed,) = told.end()

    assert completed.minutes == 1
    assert told.session.status is SessionStatus.COMPLETED


def test_ending_while_reconnecting_counts_what_was_talked() -> None:
    told = talked(9 * MINUTE)
    told.leave(Party.MECHANIC)
    told.wait(2 * MINUTE)

    (completed,) = told.end()

    assert completed.minutes == 9
    assert told.session.ended_at == told.now
    assert told.session.paused_at is None


@pytest.mark.parametrize(
    "status", [SessionStatus.COMPLETED, SessionStatus.ESCALATED, SessionStatus.ARCHIVED]
)
def test_ending_again_changes_nothing(status: SessionStatus) -> None:
    told = brought_to(status)
    before = told.session

    assert told.end() == ()
    assert told.session == before


@pytest.mark.parametrize("status", [SessionStatus.MATCHED, SessionStatus.CANCELLED])
def test_what_never_started_cannot_be_ended(status: SessionStatus) -> None:
    with pytest.raises(IllegalTransition) as refused:
        brought_to(status).end()

    assert refused.value.facts == {"current": status, "requested": SessionStatus.COMPLETED}


def test_the_clock_ends_a_session_when_its_time_is_used_up() -> None:
    told = talked(60 * MINUTE - TICK)
    with pytest.raises(NotDueYet) as refused:
        told.run_out()
    told.wait(TICK)

    events = told.run_out()

    session = told.session
    assert refused.value.facts == {"session_id": session.id, "due_at": OPENED_AT + 60 * MINUTE}
    assert session.status is SessionStatus.COMPLETED
    assert events == (SessionCompleted(session.id, CUSTOMER, MECHANIC, minutes=60, timed_out=True),)


def test_however_late_the_job_is_the_moment_counted_is_the_due_one() -> None:
    told = talked(75 * MINUTE)

    told.run_out()

    assert told.session.ended_at == OPENED_AT + 60 * MINUTE
    assert told.session.timer.used == 60 * MINUTE


def test_the_clock_ends_a_session_whose_missing_party_never_came_back() -> None:
    told = talked(4 * MINUTE)
    told.leave(Party.CUSTOMER)
    told.wait(30 * MINUTE)

    (completed,) = told.run_out()

    assert (completed.minutes, completed.timed_out) == (4, True)
    assert told.session.ended_at == OPENED_AT + 9 * MINUTE


def test_a_session_lost_within_a_minute_is_given_back_by_the_clock() -> None:
    told = talked(30 * timedelta(seconds=1))
    told.leave(Party.CUSTOMER)
    told.wait(5 * MINUTE)

    (cancelled,) = told.run_out()

    assert (cancelled.cause, cancelled.refund) == (Cause.TOO_SHORT, PRICE)


def test_the_clock_does_nothing_to_what_has_ended_or_not_begun() -> None:
    assert brought_to(SessionStatus.COMPLETED).run_out() == ()
    with pytest.raises(NotDueYet) as refused:
        brought_to(SessionStatus.MATCHED).run_out()

    assert refused.value.due_at is None


@pytest.mark.parametrize("late", [timedelta(0), TICK, 10 * MINUTE])
def test_who_ends_it_after_its_time_ends_it_at_its_time(late: timedelta) -> None:
    told = talked(60 * MINUTE + late)

    (completed,) = told.end()

    assert told.session.ended_at == OPENED_AT + 60 * MINUTE
    assert completed.minutes == 60


def test_a_customer_cancels_before_the_start_and_gets_everything_back() -> None:
    told = brought_to(SessionStatus.MATCHED)
    told.wait(MINUTE)

    events = told.cancel()

    session = told.session
    assert session.status is SessionStatus.CANCELLED
    assert session.ended_at == told.now
    assert told.request.status is RequestStatus.CANCELLED
    assert events == (
        SessionCancelled(session.id, CUSTOMER, MECHANIC, Cause.CUSTOMER, PRICE, NOTHING),
    )


def test_before_a_match_nobody_else_is_named() -> None:
    told = brought_to(SessionStatus.WAITING)

    (cancelled,) = told.cancel()

    assert cancelled.mechanic_id is None


def test_a_late_cancellation_keeps_what_the_table_says() -> None:
    told = brought_to(SessionStatus.SCHEDULED)
    appointment = told.session.scheduled_for
    assert appointment is not None
    told.now = appointment - timedelta(hours=3)

    (cancelled,) = told.cancel()

    assert (cancelled.refund, cancelled.kept) == (Money(2500), Money(2499))


def test_cancelling_again_changes_nothing() -> None:
    told = brought_to(SessionStatus.CANCELLED)
    before = told.session

    assert told.cancel(by=Role.ADMIN, cause=Cause.PLATFORM) == ()
    assert told.session == before


@pytest.mark.parametrize("status", [SessionStatus.LIVE, SessionStatus.RECONNECTING])
@pytest.mark.parametrize("by", [Role.CUSTOMER, Role.MECHANIC, Role.SYSTEM])
def test_what_has_started_is_ended_and_not_cancelled(status: SessionStatus, by: Role) -> None:
    with pytest.raises(IllegalTransition) as refused:
        brought_to(status).cancel(by=by)

    assert refused.value.facts == {"current": status, "requested": SessionStatus.CANCELLED}


def test_an_admin_calls_off_even_what_has_started() -> None:
    told = talked(20 * MINUTE)

    (cancelled,) = told.cancel(by=Role.ADMIN, cause=Cause.PLATFORM)

    session = told.session
    assert session.status is SessionStatus.CANCELLED
    assert (session.timer.used, session.timer.running_since) == (20 * MINUTE, None)
    assert (cancelled.refund, cancelled.kept) == (PRICE, NOTHING)


def test_nobody_came_in_time_and_everything_goes_back() -> None:
    told = brought_to(SessionStatus.WAITING)
    told.wait(15 * MINUTE)

    events = told.expire()

    assert told.session.status is SessionStatus.EXPIRED
    assert told.session.ended_at == told.now
    assert told.request.status is RequestStatus.EXPIRED
    assert events == (SessionExpired(told.session.id, CUSTOMER, PRICE),)


def test_expiring_again_changes_nothing() -> None:
    assert brought_to(SessionStatus.EXPIRED).expire() == ()


@pytest.mark.parametrize("status", [SessionStatus.CANCELLED, SessionStatus.EXPIRED])
def test_only_the_whole_price_makes_it_refunded(status: SessionStatus) -> None:
    told = brought_to(status)

    assert told.refund(PRICE - Money(1)) == ()
    assert told.session.status is status
    events = told.refund(PRICE)

    assert told.session.status is SessionStatus.REFUNDED
    assert events == (SessionRefunded(told.session.id, CUSTOMER, PRICE),)
    assert told.refund(PRICE) == ()


def test_a_completed_session_stays_completed_whatever_goes_back() -> None:
    with pytest.raises(IllegalTransition) as refused:
        brought_to(SessionStatus.COMPLETED).refund(PRICE)

    assert refused.value.requested is SessionStatus.REFUNDED
