"""What a dispute's end means for refunds that waited for it."""

from datetime import datetime

from autodoctor.application.payments.errands import NotReadyYet
from autodoctor.application.payments.holding import Holding
from autodoctor.domain.revenue.events import RefundDue
from autodoctor.domain.revenue.movements import UNSENT, MovementStatus
from autodoctor.domain.revenue.refunds import refund_withdrawn
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import EntryId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def void_refunds(ports: Ports, tx: Transaction, holding: Holding, *, at: datetime) -> None:
    """Those that were not made will not be: the bank was faster.

    Raises NotReadyYet while the provider may have made one without our having heard of it.
    """
    for refund in tx.refunds.of_checkout(holding.checkout.id):
        if refund.status not in UNSENT:
            continue
        if refund.tried_at is not None:
            raise NotReadyYet()
        funds = holding.funds(tx)
        entry = refund_withdrawn(
            funds,
            refund_id=refund.id,
            terms=holding.terms(tx, funds),
            entry_id=EntryId(ports.ids.new()),
            at=at,
        )
        holding.post(tx, entry)
        tx.refunds.save(refund.void())


def free_refunds(tx: Transaction, holding: Holding, *, at: datetime) -> None:
    """The bank left the money with us: what the provider did not refund meanwhile, it may now."""
    if any(each.closed_at is None for each in tx.disputes.about(holding.checkout.id)):
        return
    for refund in tx.refunds.of_checkout(holding.checkout.id):
        if refund.status is MovementStatus.HELD:
            tx.refunds.save(refund.free())
            tx.outbox.record(RefundDue(refund.id), by=SYSTEM, at=at)
