"""What is true of every session at any moment, whatever happened to it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import combinations
from typing import Final

from autodoctor.domain.sessions.events import (
    SessionCancelled,
    SessionCompleted,
    SessionExpired,
)
from autodoctor.domain.sessions.policy import Engagement
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.events import Event
from autodoctor.testing.invariants.lifecycle import ENDED

SETTLING: Final = (SessionCompleted, SessionCancelled, SessionExpired)
"""What tells that a session's money has found its place: shared, or given back."""


def every_session_holds_together(session: Session) -> None:
    """All of those below that look at one session alone."""
    live_means_that_both_are_present(session)
    the_clock_runs_only_while_live(session)
    time_used_stays_within_what_is_allowed(session)
    the_mechanic_is_known_once_matched(session)
    its_times_follow_each_other(session)


def live_means_that_both_are_present(session: Session) -> None:
    both = len(session.attendance.present) == 2
    if session.status not in ENDED:
        assert (session.status is S.LIVE) == both, f"{session.status}: {session.attendance}"


def the_clock_runs_only_while_live(session: Session) -> None:
    running = session.timer.running_since is not None
    assert running == (session.status is S.LIVE), f"{session.status}: {session.timer}"


def time_used_stays_within_what_is_allowed(session: Session) -> None:
    assert timedelta(0) <= session.timer.used <= session.timer.allowed, f"{session.timer}"


def the_mechanic_is_known_once_matched(session: Session) -> None:
    known = session.mechanic_id is not None
    if session.status in (S.PENDING, S.WAITING, S.EXPIRED):
        assert not known, f"{session.status} with mechanic {session.mechanic_id}"
    elif session.status not in (S.CANCELLED, S.REFUNDED, S.ARCHIVED):
        assert known, f"{session.status} without a mechanic"
    assert (session.matched_at is not None) == known, f"matched at {session.matched_at}"


def its_times_follow_each_other(session: Session) -> None:
    ended = session.ended_at is not None
    assert ended == (session.status in ENDED), f"{session.status}, ended at {session.ended_at}"
    told = (session.created_at, session.matched_at, session.started_at, session.ended_at)
    times = [each for each in told if each is not None]
    assert times == sorted(times), f"out of order: {times}"
    paused = session.paused_at is not None
    assert paused == (session.status is S.RECONNECTING), f"paused at {session.paused_at}"
    if session.status is S.SCHEDULED:
        assert session.scheduled_for is not None, "scheduled for no time"
    if session.status is S.ESCALATED:
        assert session.escalated_at is not None, "escalated at no time"


def money_is_settled_once(session: Session, events: Iterable[Event]) -> None:
    """By the session's own events: not before its end, at its end, and never again."""
    settled = [event for event in events if isinstance(event, SETTLING)]
    expected = 1 if session.status in ENDED else 0
    assert len(settled) == expected, f"{session.status} was settled by {settled}"


def what_goes_back_and_what_is_kept_make_the_price(
    session: Session, events: Iterable[Event]
) -> None:
    price = session.terms.price
    for event in events:
        if isinstance(event, SessionCancelled):
            assert event.refund + event.kept == price, f"{event} of {price}"
            assert event.refund.minor >= 0 <= event.kept.minor, f"{event}"
        if isinstance(event, SessionExpired):
            assert event.refund == price, f"{event} of {price}"


def a_customer_has_one_at_a_time(engagements: Iterable[Engagement]) -> None:
    """Of all sessions of one customer; an appointment later does not count."""
    blocking = (S.PENDING, S.WAITING, S.MATCHED, S.LIVE, S.RECONNECTING)
    active = [each for each in engagements if each.status in blocking]
    assert len(active) <= 1, f"{active}"


def a_mechanic_is_in_one_place(engagements: Sequence[Engagement]) -> None:
    """Of all sessions of one mechanic: one now, and appointments that do not overlap."""
    engaged = [each for each in engagements if each.status in (S.MATCHED, S.LIVE, S.RECONNECTING)]
    assert len(engaged) <= 1, f"{engaged}"
    later = [each.period for each in engagements if each.status is S.SCHEDULED and each.period]
    for one, other in combinations(later, 2):
        assert one.end <= other.start or other.end <= one.start, f"{one} and {other}"
