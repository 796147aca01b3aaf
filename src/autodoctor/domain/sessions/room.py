"""In the room: who is there decides whether the session is live and its clock runs."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.events import (
    PartyJoined,
    PartyLeft,
    SessionPaused,
    SessionResumed,
    SessionStarted,
)
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import JOINABLE, IllegalTransition, SessionStatus
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import SessionId

DOORS_OPEN_BEFORE: Final = timedelta(minutes=10)
"""How long before an appointment its room opens."""

RECONNECT_GRACE: Final = timedelta(minutes=5)
"""How long a paused session waits for the one who is missing before it ends."""

NO_SHOW_AFTER: Final = timedelta(minutes=10)
"""How long after the match, or the appointment, each has to come."""


@attrs.frozen
class RoomNotOpenYet(Conflict):
    """The room opens ten minutes before the appointment."""

    session_id: SessionId
    opens_at: datetime


@attrs.frozen
class TimeUp(Conflict):
    """The session's time is over."""

    session_id: SessionId
    ended_at: datetime


def join(session: Session, *, party: Party, at: datetime) -> tuple[Session, tuple[Event, ...]]:
    """A party arrives. With both there the session is live and its clock runs.

    Refusals: IllegalTransition unless matched, scheduled, live or reconnecting; then
    RoomNotOpenYet; then TimeUp, even if no job has ended the session yet, or has noticed that
    the two did not meet in time.
    """
    if session.status not in JOINABLE:
        raise IllegalTransition(session.status, SessionStatus.LIVE)
    if session.status is SessionStatus.SCHEDULED:
        _check_doors(session, at)
    if party in session.attendance.present:
        return session, ()
    _check_time_left(session, at)
    arrived = attrs.evolve(session, attendance=session.attendance.arrive(party, at=at))
    joined = PartyJoined(session.id, party)
    if not arrived.attendance.complete:
        return arrived, (joined,)
    live, began = _go_live(arrived, party, at)
    return live, (joined, began)


def _check_doors(session: Session, at: datetime) -> None:
    assert session.scheduled_for is not None, "a scheduled session has its time"
    opens_at = session.scheduled_for - DOORS_OPEN_BEFORE
    if at < opens_at:
        raise RoomNotOpenYet(session.id, opens_at)


def _check_time_left(session: Session, at: datetime) -> None:
    ended_at = ends_by_itself_at(session) or no_show_due(session)
    if ended_at is not None and at >= ended_at:
        raise TimeUp(session.id, ended_at)


def _go_live(session: Session, party: Party, at: datetime) -> tuple[Session, Event]:
    assert session.mechanic_id is not None, "a room has a mechanic"
    resumed = session.status is SessionStatus.RECONNECTING
    live = attrs.evolve(
        session.moved(SessionStatus.LIVE, by=party.role),
        timer=session.timer.start(at=at),
        started_at=session.started_at or at,
        paused_at=None,
    )
    if resumed:
        return live, SessionResumed(session.id)
    return live, SessionStarted(session.id, session.customer_id, session.mechanic_id)


def leave(session: Session, *, party: Party, at: datetime) -> tuple[Session, tuple[Event, ...]]:
    """A party's stream is gone. A live session pauses; its clock stops at `at`.

    Who was there when the ten minutes for coming were over, was: leaving later, before any job
    has run, changes nothing.
    """
    waited_until = no_show_due(session)
    over = session.ended or (waited_until is not None and at >= waited_until)
    if party not in session.attendance.present or over:
        return session, ()
    gone = attrs.evolve(session, attendance=session.attendance.depart(party))
    left = PartyLeft(session.id, party)
    if session.status is not SessionStatus.LIVE:
        return gone, (left,)
    paused = attrs.evolve(
        gone.moved(SessionStatus.RECONNECTING, by=party.role),
        timer=session.timer.stop(at=at),
        paused_at=at,
    )
    return paused, (left, SessionPaused(session.id, party))


def no_show_due(session: Session) -> datetime | None:
    """When those who have not come are held to be absent; None once it has started."""
    match session.status:
        case SessionStatus.MATCHED if session.matched_at is not None:
            return session.matched_at + NO_SHOW_AFTER
        case SessionStatus.SCHEDULED if session.scheduled_for is not None:
            return session.scheduled_for + NO_SHOW_AFTER
        case _:
            return None


def ends_by_itself_at(session: Session) -> datetime | None:
    """When a running session uses up its time, or a paused one its patience.

    A session that lost somebody with no time left is over from that moment.
    """
    if session.status is SessionStatus.RECONNECTING and session.paused_at is not None:
        time_left = session.timer.used < session.timer.allowed
        return session.paused_at + RECONNECT_GRACE if time_left else session.paused_at
    return session.timer.runs_out_at
