"""The errands to the payment provider: refunds, transfers, and transfers taken back."""

from datetime import datetime
from typing import Final

from autodoctor.application.payments.errands import Call, Errand, NotReadyYet, record, run
from autodoctor.application.payments.movements import payout_account
from autodoctor.application.sessions.refunded import mark_refunded
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.events import RefundDone, TransferDone
from autodoctor.domain.revenue.ids import ReversalId
from autodoctor.domain.revenue.movements import Refund, Reversal, Transfer
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import RefundId, TransferId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payments import RefundOrder, ReversalOrder, TransferOrder
from autodoctor.ports.transactions import Transaction


def make_refund(ports: Ports, refund_id: RefundId) -> None:
    run(ports, REFUND, refund_id)


def make_transfer(ports: Ports, transfer_id: TransferId) -> None:
    run(ports, TRANSFER, transfer_id)


def make_reversal(ports: Ports, reversal_id: ReversalId) -> None:
    run(ports, REVERSAL, reversal_id)


def refund_made(tx: Transaction, refund_id: RefundId, *, provider_id: str, at: datetime) -> None:
    """A notice says that the money is on its way back."""
    record(tx, REFUND, refund_id, provider_id=provider_id, at=at)


def _refund(tx: Transaction, refund: Refund, at: datetime) -> Call:
    payment_id = tx.checkouts.get(refund.checkout_id).payment_id
    if payment_id is None:
        raise NotReadyYet()
    order = RefundOrder(
        refund_id=refund.id,
        payment_id=payment_id,
        amount=refund.amount,
        maybe_made=refund.maybe_made(at=at),
        attempt=refund.attempt,
    )
    return lambda payments: payments.refund(order).id


def _refund_made(tx: Transaction, refund: Refund, at: datetime) -> None:
    customer = tx.checkouts.get(refund.checkout_id).customer_id
    done = RefundDone(refund.session_id, customer, refund.id, refund.amount)
    tx.outbox.record(done, by=SYSTEM, at=at)
    if refund.session_id is not None:
        mark_refunded(tx, refund.session_id, refund.checkout_id, at=at)


def _transfer(tx: Transaction, transfer: Transfer, at: datetime) -> Call:
    provider_account, _ = payout_account(tx, Account(transfer.account, transfer.owner_id))
    session = tx.sessions.get(transfer.session_id)
    assert session.checkout_id is not None, "only paid sessions are paid out"
    charge_id = tx.checkouts.get(session.checkout_id).charge_id
    if provider_account is None or charge_id is None or tx.disputes.open_of(session.id):
        raise NotReadyYet()
    order = TransferOrder(
        transfer_id=transfer.id,
        account=provider_account,
        amount=transfer.amount,
        charge_id=charge_id,
        transfer_group=str(session.checkout_id),
        maybe_made=transfer.maybe_made(at=at),
        attempt=transfer.attempt,
    )
    return lambda payments: payments.transfer(order).id


def _transfer_made(tx: Transaction, transfer: Transfer, at: datetime) -> None:
    done = TransferDone(transfer.session_id, transfer.id, transfer.amount)
    tx.outbox.record(done, by=SYSTEM, at=at)


def _reversal(tx: Transaction, reversal: Reversal, at: datetime) -> Call:
    provider_transfer_id = tx.transfers.get(reversal.transfer_id).provider_id
    if provider_transfer_id is None:
        raise NotReadyYet()
    order = ReversalOrder(
        reversal_id=reversal.id,
        provider_transfer_id=provider_transfer_id,
        amount=reversal.amount,
        maybe_made=reversal.maybe_made(at=at),
        attempt=reversal.attempt,
    )
    return lambda payments: payments.reverse_transfer(order).id


def _nothing_follows(_tx: Transaction, _reversal: Reversal, _at: datetime) -> None:
    """Its refund tells the customer; nobody else waits for it."""


REFUND: Final = Errand[Refund, RefundId](
    rows=lambda tx: tx.refunds,
    call=_refund,
    made=_refund_made,
    session_of=lambda refund: refund.session_id,
)
TRANSFER: Final = Errand[Transfer, TransferId](
    rows=lambda tx: tx.transfers, call=_transfer, made=_transfer_made
)
REVERSAL: Final = Errand[Reversal, ReversalId](
    rows=lambda tx: tx.reversals, call=_reversal, made=_nothing_follows
)
