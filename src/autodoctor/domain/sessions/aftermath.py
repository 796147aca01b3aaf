"""After the end: handed over to a workshop, and one day out of sight."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.domain.sessions.ending import (
    SHORTEST,
    NotDueYet,
    Outcome,
    completion_of,
    stopped_at,
)
from autodoctor.domain.sessions.events import (
    EscalationResolved,
    SessionArchived,
    SessionEscalated,
)
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import TRANSITIONS, IllegalTransition, SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import SessionId

ESCALATE_WITHIN: Final = timedelta(days=7)
ARCHIVE_AFTER: Final = timedelta(days=30)


@attrs.frozen
class EscalationClosed(Conflict):
    """A session can be escalated once, within seven days of its end."""

    session_id: SessionId


@attrs.frozen
class MoneyStillOwed(Conflict):
    """The customer has not got all of their money back yet."""

    session_id: SessionId


def escalate(session: Session, *, at: datetime) -> Outcome:
    """The mechanic hands over to a workshop, live or up to seven days after, once.

    From a live session it is the end of the conversation as well. Again changes nothing
    until the workshop is done. Refusals in order: IllegalTransition, EscalationClosed, and
    NotDueYet while the two have not talked for `SHORTEST`: there is nothing to hand over.
    """
    if session.status is SessionStatus.ESCALATED:
        return session, ()
    escalated = session.moved(SessionStatus.ESCALATED, by=Role.MECHANIC)
    assert session.mechanic_id is not None, "only a session with a mechanic can be escalated"
    events: tuple[Event, ...] = (SessionEscalated(session.id, session.mechanic_id),)
    if session.ended_at is None:
        over, completed = _conversation_over(session, at=at)
        escalated = over.moved(SessionStatus.ESCALATED, by=Role.MECHANIC)
        events = (completed, *events)
    elif session.escalated_at is not None or at > session.ended_at + ESCALATE_WITHIN:
        raise EscalationClosed(session.id)
    return attrs.evolve(escalated, escalated_at=at), events


def _conversation_over(session: Session, *, at: datetime) -> tuple[Session, Event]:
    stopped = stopped_at(session, at=at)
    if stopped.timer.used < SHORTEST:
        assert session.timer.running_since is not None, "a live session's clock runs"
        due = session.timer.running_since + SHORTEST - session.timer.used
        raise NotDueYet(session.id, due)
    return stopped, completion_of(stopped, timed_out=False)


def resolve_escalation(session: Session, *, by: Role) -> Outcome:
    """The workshop has taken over what was left to do; again changes nothing."""
    if session.status is SessionStatus.COMPLETED and session.escalated_at is not None:
        return session, ()
    if session.status is not SessionStatus.ESCALATED:
        raise IllegalTransition(session.status, SessionStatus.COMPLETED)
    return session.moved(SessionStatus.COMPLETED, by=by), (EscalationResolved(session.id),)


def archive_due(session: Session) -> datetime | None:
    """Thirty days after the end; None for what cannot be archived as it is."""
    archivable = (session.status, SessionStatus.ARCHIVED) in TRANSITIONS
    return session.ended_at + ARCHIVE_AFTER if archivable and session.ended_at else None


def archive(session: Session, *, owing: bool, at: datetime) -> Outcome:
    """`owing` while a refund of the session is on its way.

    Refusals in order: IllegalTransition, NotDueYet, MoneyStillOwed.
    """
    if session.status is SessionStatus.ARCHIVED:
        return session, ()
    archived = session.moved(SessionStatus.ARCHIVED, by=Role.SYSTEM)
    due = archive_due(session)
    if due is None or at < due:
        raise NotDueYet(session.id, due)
    if owing:
        raise MoneyStillOwed(session.id)
    return archived, (SessionArchived(session.id),)
