"""The end: completed, cancelled, expired, and the money given back."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.domain.sessions.cancellation import CancellationTable, Cause, refund_of
from autodoctor.domain.sessions.events import (
    SessionCancelled,
    SessionCompleted,
    SessionExpired,
    SessionRefunded,
)
from autodoctor.domain.sessions.room import ends_by_itself_at
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import IN_ROOM, IllegalTransition, SessionStatus
from autodoctor.domain.sessions.timer import minutes_told
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import SessionId
from autodoctor.domain.shared.money import Money, Rate

SHORTEST: Final = timedelta(seconds=60)
"""Ended with less than this of both present, a session is called off, not completed."""

Outcome = tuple[Session, tuple[Event, ...]]


@attrs.frozen
class NotDueYet(Conflict):
    """It is too early for that."""

    session_id: SessionId
    due_at: datetime | None


def end(session: Session, *, by: Role, at: datetime) -> Outcome:
    """Either party, or an admin, ends the conversation; ending again changes nothing.

    Under `SHORTEST` of both present it is cancelled with everything given back.
    """
    if session.ended and session.started_at is not None:
        return session, ()
    if session.status not in IN_ROOM:
        raise IllegalTransition(session.status, SessionStatus.COMPLETED)
    return _close(session, by=by, at=at, timed_out=False)


def run_out(session: Session, *, at: datetime) -> Outcome:
    """The clock's own end: time used up, or the missing party never came back.

    The moment counted is the due one, however late the job is. NotDueYet before it.
    """
    if session.ended:
        return session, ()
    due = ends_by_itself_at(session)
    if due is None or at < due:
        raise NotDueYet(session.id, due)
    return _close(session, by=Role.SYSTEM, at=due, timed_out=True)


def _close(session: Session, *, by: Role, at: datetime, timed_out: bool) -> Outcome:
    stopped = stopped_at(session, at=at)
    if stopped.timer.used < SHORTEST:
        return _cancelled(stopped, by=by, cause=Cause.TOO_SHORT, rate=Rate.percent(100))
    completed = completion_of(stopped, timed_out=timed_out)
    return stopped.moved(SessionStatus.COMPLETED, by=by), (completed,)


def completion_of(stopped: Session, *, timed_out: bool) -> SessionCompleted:
    """What is told, once, of a conversation that took place: its money is shared on it."""
    assert stopped.mechanic_id is not None, "a room has a mechanic"
    minutes = minutes_told(stopped.timer.used)
    return SessionCompleted(
        stopped.id, stopped.customer_id, stopped.mechanic_id, minutes, timed_out
    )


def stopped_at(session: Session, *, at: datetime) -> Session:
    """Ended at `at`, or when it should have ended by itself if that was before."""
    ended_at = min(at, ends_by_itself_at(session) or at)
    timer = session.timer.stop(at=ended_at)
    return attrs.evolve(session, timer=timer, ended_at=ended_at, paused_at=None)


def cancel(
    session: Session, *, by: Role, cause: Cause, table: CancellationTable, at: datetime
) -> Outcome:
    """Call the session off before its end; what the customer gets back is the table's.

    Cancelling again changes nothing. The parties cannot cancel what has started: they end it.
    """
    if session.status is SessionStatus.CANCELLED:
        return session, ()
    if session.status in IN_ROOM and by is not Role.ADMIN:
        raise IllegalTransition(session.status, SessionStatus.CANCELLED)
    rate = table.refund_rate(
        status=session.status, cause=cause, scheduled_for=session.scheduled_for, at=at
    )
    return _cancelled(stopped_at(session, at=at), by=by, cause=cause, rate=rate)


def _cancelled(session: Session, *, by: Role, cause: Cause, rate: Rate) -> Outcome:
    refund = refund_of(session.terms.price, rate)
    event = SessionCancelled(
        session.id,
        session.customer_id,
        session.mechanic_id,
        cause,
        refund,
        session.terms.price - refund,
    )
    return session.moved(SessionStatus.CANCELLED, by=by), (event,)


def expire(session: Session, *, at: datetime) -> Outcome:
    """Nobody came: everything is given back."""
    if session.status is SessionStatus.EXPIRED:
        return session, ()
    expired = attrs.evolve(session.moved(SessionStatus.EXPIRED, by=Role.SYSTEM), ended_at=at)
    return expired, (SessionExpired(session.id, session.customer_id, session.terms.price),)


def refund(session: Session, *, refunded: Money) -> Outcome:
    """The provider has given `refunded` back in all; only the whole price makes it refunded."""
    if session.status is SessionStatus.REFUNDED or refunded < session.terms.price:
        return session, ()
    done = session.moved(SessionStatus.REFUNDED, by=Role.SYSTEM)
    return done, (SessionRefunded(session.id, session.customer_id, refunded),)
