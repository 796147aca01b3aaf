"""Whether a session that ended early was a consultation all the same."""

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import SessionCancelled
from autodoctor.ports.transactions import Transaction


def keeps_free_session(tx: Transaction, event: SessionCancelled) -> bool:
    """Whether a free session that was called off stays used: its mechanic answered in their own
    words, or with a file. Otherwise a customer could have one minute after another for nothing."""
    if event.cause is not Cause.TOO_SHORT:
        return False
    files = tx.files.of_session(event.session_id)
    shown = any(each.owner_id == event.mechanic_id for each in files)
    return shown or tx.messages.has_own_words(event.session_id, Party.MECHANIC)
