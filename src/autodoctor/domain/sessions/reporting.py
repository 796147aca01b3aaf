"""When a mechanic may write down what came of a session."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.domain.sessions.ending import SHORTEST
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import IN_ROOM, IllegalTransition, SessionStatus
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import SessionId

REPORTABLE: Final = IN_ROOM | {SessionStatus.COMPLETED, SessionStatus.ESCALATED}


@attrs.frozen
class ReportTooEarly(Conflict):
    """You have talked for less than a minute, which does not count: the report comes after that."""

    session_id: SessionId
    due_at: datetime | None


def check_reportable(session: Session, *, at: datetime) -> None:
    """A report belongs to a consultation that counts: for one that is called off with the money
    back it would be the consultation, for nothing.

    Refusals, in order: IllegalTransition before the start and once it is called off,
    ReportTooEarly while the two have not talked for `SHORTEST`.
    """
    if session.status not in REPORTABLE:
        raise IllegalTransition(session.status, SessionStatus.COMPLETED)
    missing = SHORTEST - session.timer.elapsed(at=at)
    if missing > timedelta(0):
        running = session.timer.running_since is not None
        raise ReportTooEarly(session.id, at + missing if running else None)


def check_amendable(session: Session, *, at: datetime) -> None:
    """As for a report, and still after a month, when the session is archived."""
    counted = session.timer.used >= SHORTEST
    if session.status is not SessionStatus.ARCHIVED or not counted:
        check_reportable(session, at=at)
