"""Calling the payment provider for the movements that are due.

Three steps, so that no network call stands inside a transaction: note the try, call with our
own id as idempotency key, record the answer. A crash between any two is made good by doing
all three again. A definite no begins a new attempt and is told to whoever looks at the logs;
the delivery comes up again by itself.
"""

from datetime import datetime

from autodoctor.application.payments.movements import payout_account
from autodoctor.application.sessions.refunded import mark_refunded
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.events import RefundDone, TransferDone
from autodoctor.domain.revenue.ids import ReversalId
from autodoctor.domain.revenue.movements import MovementStatus, Refund
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Unavailable
from autodoctor.domain.shared.ids import RefundId, TransferId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_refusals import PaymentRefused
from autodoctor.ports.payments import RefundOrder, ReversalOrder, TransferOrder
from autodoctor.ports.transactions import Transaction


class NotReadyYet(Unavailable):
    """Something this depends on has not happened yet; it is tried again."""


def make_refund(ports: Ports, refund_id: RefundId) -> None:
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        refund = tx.refunds.get(refund_id, lock=True)
        if refund.status is not MovementStatus.DUE:
            return
        payment_id = tx.checkouts.get(refund.checkout_id).payment_id
        refund = tx.refunds.save(refund.tried(at=at))
    if payment_id is None:
        raise NotReadyYet()
    order = RefundOrder(
        refund_id=refund_id,
        payment_id=payment_id,
        amount=refund.amount,
        maybe_made=refund.maybe_made(at=at),
        attempt=refund.attempt,
    )
    try:
        made = ports.payments.refund(order)
    except PaymentRefused:
        with ports.transactions(SYSTEM) as tx:
            tx.refunds.save(tx.refunds.get(refund_id, lock=True).refused())
        raise
    with ports.transactions(SYSTEM) as tx:
        refund_made(tx, refund_id, provider_id=made.id, at=ports.now())


def refund_made(tx: Transaction, refund_id: RefundId, *, provider_id: str, at: datetime) -> None:
    """The money is on its way back; told by our own call or by a notice, whichever is first."""
    refund: Refund = tx.refunds.get(refund_id, lock=True)
    if refund.status is MovementStatus.DONE:
        return
    tx.refunds.save(refund.done(provider_id=provider_id, at=at))
    customer = tx.checkouts.get(refund.checkout_id).customer_id
    done = RefundDone(refund.session_id, customer, refund_id, refund.amount)
    tx.outbox.record(done, by=SYSTEM, at=at)
    if refund.session_id is not None:
        mark_refunded(tx, refund.session_id, refund.checkout_id, at=at)


def make_transfer(ports: Ports, transfer_id: TransferId) -> None:
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        transfer = tx.transfers.get(transfer_id, lock=True)
        if transfer.status is not MovementStatus.DUE:
            return
        provider_account, _ = payout_account(tx, Account(transfer.account, transfer.owner_id))
        session = tx.sessions.get(transfer.session_id)
        assert session.checkout_id is not None, "only paid sessions are paid out"
        charge_id = tx.checkouts.get(session.checkout_id).charge_id
        if tx.disputes.open_of(session.id):
            raise NotReadyYet()
        transfer = tx.transfers.save(transfer.tried(at=at))
    if provider_account is None or charge_id is None:
        raise NotReadyYet()
    order = TransferOrder(
        transfer_id=transfer_id,
        account=provider_account,
        amount=transfer.amount,
        charge_id=charge_id,
        transfer_group=str(session.checkout_id),
        maybe_made=transfer.maybe_made(at=at),
        attempt=transfer.attempt,
    )
    try:
        made = ports.payments.transfer(order)
    except PaymentRefused:
        with ports.transactions(SYSTEM) as tx:
            tx.transfers.save(tx.transfers.get(transfer_id, lock=True).refused())
        raise
    with ports.transactions(SYSTEM) as tx:
        transfer = tx.transfers.get(transfer_id, lock=True)
        if transfer.status is not MovementStatus.DONE:
            tx.transfers.save(transfer.done(provider_id=made.id, at=ports.now()))
            done = TransferDone(transfer.session_id, transfer_id, transfer.amount)
            tx.outbox.record(done, by=SYSTEM, at=ports.now())


def make_reversal(ports: Ports, reversal_id: ReversalId) -> None:
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        reversal = tx.reversals.get(reversal_id, lock=True)
        if reversal.status is not MovementStatus.DUE:
            return
        provider_transfer_id = tx.transfers.get(reversal.transfer_id).provider_id
        reversal = tx.reversals.save(reversal.tried(at=at))
    if provider_transfer_id is None:
        raise NotReadyYet()
    order = ReversalOrder(
        reversal_id=reversal_id,
        provider_transfer_id=provider_transfer_id,
        amount=reversal.amount,
        maybe_made=reversal.maybe_made(at=at),
        attempt=reversal.attempt,
    )
    try:
        made = ports.payments.reverse_transfer(order)
    except PaymentRefused:
        with ports.transactions(SYSTEM) as tx:
            tx.reversals.save(tx.reversals.get(reversal_id, lock=True).refused())
        raise
    with ports.transactions(SYSTEM) as tx:
        reversal = tx.reversals.get(reversal_id, lock=True)
        tx.reversals.save(reversal.done(provider_id=made.id, at=ports.now()))
