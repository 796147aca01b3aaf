"""A session whose whole price went back is refunded."""

from datetime import datetime

from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.sessions.ending import refund
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CheckoutId, SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.transactions import Transaction

REFUNDABLE = (SessionStatus.EXPIRED, SessionStatus.CANCELLED)


def mark_refunded(
    tx: Transaction, session_id: SessionId, checkout_id: CheckoutId, *, at: datetime
) -> None:
    """Only what the provider has really given back counts."""
    session = tx.sessions.get(session_id, lock=True)
    if session.status not in REFUNDABLE:
        return
    done = [r for r in tx.refunds.of_checkout(checkout_id) if r.status is MovementStatus.DONE]
    given = sum((each.amount for each in done), Money.zero(session.terms.price.currency))
    after, events = refund(session, refunded=given)
    if events:
        tx.sessions.save(after)
        tx.outbox.record(*events, by=SYSTEM, at=at)
