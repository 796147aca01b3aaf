"""How a refund ended, as the provider tells it: made, arrived, or sent back."""

from datetime import datetime

from autodoctor.application.payments.announcing import is_announced
from autodoctor.application.payments.holding import Holding
from autodoctor.application.payments.issues import open_issue
from autodoctor.application.sessions.refunded import mark_refunded
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.events import RefundDone, RefundFailed
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import NOT_MADE, Refund
from autodoctor.domain.revenue.refunds import refund_failed
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import EntryId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payments import ProviderRefund, RefundStatus
from autodoctor.ports.transactions import Transaction


def record_refund(
    ports: Ports,
    tx: Transaction,
    holding: Holding,
    refund: Refund,
    told: ProviderRefund,
    *,
    at: datetime,
) -> None:
    """Only forwards: what was true earlier and is heard of later changes nothing. The holding
    is locked."""
    match told.status:
        case RefundStatus.PENDING:
            tx.refunds.save(refund.pending(provider_id=told.id))
        case RefundStatus.SUCCEEDED:
            _arrived(tx, holding, refund, provider_id=told.id, at=at)
        case RefundStatus.FAILED:
            why = told.failure or "failed"
            fail_refund(ports, tx, holding, refund, why=why, provider_id=told.id, at=at)


def _arrived(
    tx: Transaction, holding: Holding, refund: Refund, *, provider_id: str, at: datetime
) -> None:
    done = refund.done(provider_id=provider_id, at=at)
    if done.status is refund.status:
        return
    tx.refunds.save(done)
    event = RefundDone(
        refund.session_id,
        holding.checkout.customer_id,
        refund.id,
        refund.amount,
        announced=is_announced(tx, refund),
    )
    tx.outbox.record(event, by=SYSTEM, at=at)
    if refund.session_id is not None:
        mark_refunded(tx, refund.session_id, refund.checkout_id, at=at)


def fail_refund(
    ports: Ports,
    tx: Transaction,
    holding: Holding,
    refund: Refund,
    *,
    why: str,
    at: datetime,
    provider_id: str | None = None,
) -> None:
    """The customer is owed the money again: they are told, and staff have to see to it."""
    if refund.status in NOT_MADE:
        return
    tx.refunds.save(refund.failed(why=why, provider_id=provider_id))
    owed = owe_again(ports, tx, holding, refund, at=at)
    if not owed:
        return
    failed = RefundFailed(refund.session_id, holding.checkout.customer_id, refund.id, owed)
    tx.outbox.record(failed, by=SYSTEM, at=at)
    open_issue(
        ports,
        tx,
        IssueKind.REFUND_FAILED,
        refund.id,
        amount=owed,
        session_id=refund.session_id,
        checkout_id=refund.checkout_id,
        detail=why,
        at=at,
    )


def owe_again(
    ports: Ports, tx: Transaction, holding: Holding, refund: Refund, *, at: datetime
) -> Money:
    """A refund was decided and not made: what of it is owed to the customer."""
    funds = holding.funds(tx)
    entry = refund_failed(funds, refund_id=refund.id, entry_id=EntryId(ports.ids.new()), at=at)
    holding.post(tx, entry)
    return -entry.amount_on(Account.owed(funds.session_id))
