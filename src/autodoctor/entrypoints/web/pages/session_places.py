"""Where a session is looked at, by its state and by who looks."""

from typing import Final

from autodoctor.domain.sessions.states import ENDED, JOINABLE, SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.pages.wording import CALLED_OFF

WITH_REPORT: Final = (SessionStatus.COMPLETED, SessionStatus.ESCALATED)

CANCELLABLE: Final = (SessionStatus.WAITING, SessionStatus.MATCHED, SessionStatus.SCHEDULED)


def cancel_url(session_id: SessionId, status: SessionStatus) -> str:
    """Where a customer reads the terms and cancels; "" once it has started or is over."""
    return f"/session/{session_id}/cancel" if status in CANCELLABLE else ""


def place_of(session_id: SessionId, status: SessionStatus, role: Role, *, started: bool) -> str:
    """The page to be on; "" for the waiting room, which is where this leads from. A mechanic whose
    session `started` reads there what became of it, when it does not count, too."""
    if status in JOINABLE:
        return f"/chat/{session_id}"
    if role is Role.ADMIN:
        return f"/admin/sessions/{session_id}"
    if role is Role.MECHANIC:
        done = status in WITH_REPORT or (started and status in CALLED_OFF)
        return f"/mechanic/session/{session_id}/complete" if done else "/mechanic/sessions"
    return f"/customer/sessions/{session_id}" if status in ENDED else ""
