"""Which refunds the customer has been written about already when they arrive."""

from typing import Final

from autodoctor.domain.revenue.movements import MovementStatus, Refund
from autodoctor.domain.sessions.events import SessionCancelled, SessionExpired
from autodoctor.ports.transactions import Transaction

ENDED: Final = "ended"
"""The reason of the one refund that the end of a session brings."""
REST: Final = "rest:"
"""Of what is left of a refund of ours, when a part of it was made at the provider."""
AT_PROVIDER: Final = "provider:"
AGAIN: Final = "again:"
"""Of a refund that staff try once more."""

_ENDS: Final = (SessionCancelled, SessionExpired)


def is_announced(tx: Transaction, refund: Refund) -> bool:
    """The mail about the end of a session, about a payment that found none, and about a refund at
    the provider says how much goes back, where, and when. What staff send again is news, and so
    is what had to wait for a dispute."""
    if refund.reason.startswith(AGAIN) or _waited(tx, refund):
        return False
    refunds = tx.refunds.of_checkout(refund.checkout_id)
    if refund.reason.startswith(REST):
        return not any(each.status is MovementStatus.FAILED for each in refunds)
    if refund.reason == ENDED and refund.session_id is not None:
        told = tx.outbox.of_session(refund.session_id)
        ends = [each.at for each in told if isinstance(each.event, _ENDS)]
        return refund.created_at in ends
    return True


def _waited(tx: Transaction, refund: Refund) -> bool:
    """Whether a dispute kept it back, or was in the way of ordering it."""
    closed = (each.closed_at for each in tx.disputes.about(refund.checkout_id))
    return any(at is not None and at >= refund.created_at for at in closed)
