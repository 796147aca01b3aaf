"""Where a session is looked at, by its state and by who looks."""

from typing import Final

from autodoctor.domain.sessions.states import ENDED, JOINABLE, SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import SessionId

WITH_REPORT: Final = (SessionStatus.COMPLETED, SessionStatus.ESCALATED)


def place_of(session_id: SessionId, status: SessionStatus, role: Role) -> str:
    """The page to be on; "" for the waiting room, which is where this leads from."""
    if status in JOINABLE:
        return f"/chat/{session_id}"
    if role is Role.ADMIN:
        return f"/admin/sessions/{session_id}"
    if role is Role.MECHANIC:
        done = status in WITH_REPORT
        return f"/mechanic/session/{session_id}/complete" if done else "/mechanic/sessions"
    return f"/customer/sessions/{session_id}" if status in ENDED else ""
