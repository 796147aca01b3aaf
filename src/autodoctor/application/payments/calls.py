"""The errands to the payment provider: refunds, transfers, and transfers taken back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from autodoctor.application.payments.errands import Errand, NotReadyYet, run
from autodoctor.application.payments.holding import Holding
from autodoctor.application.payments.movements import payout_account
from autodoctor.application.payments.payees import refuse_reversal, refuse_transfer
from autodoctor.application.payments.payouts import refresh
from autodoctor.application.payments.refund_outcomes import fail_refund, record_refund
from autodoctor.application.payments.refund_records import match_refunds
from autodoctor.application.payments.reversal_records import match_reversals
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.events import TransferDone
from autodoctor.domain.revenue.ids import ReversalId
from autodoctor.domain.revenue.movements import Movement, MovementStatus, Refund, Reversal, Transfer
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import RefundId, TransferId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_refusals import No, PaymentRefused
from autodoctor.ports.payments import (
    Payments,
    ProviderRefund,
    ProviderReversal,
    ProviderTransfer,
    RefundOrder,
    ReversalOrder,
    TransferOrder,
)
from autodoctor.ports.transactions import Transaction

HEARD_WITHIN: Final = timedelta(hours=6)
"""How long a refund that the provider refuses for a dispute waits for news of that dispute: less
than its delivery is tried again, so that it never ends without an outcome."""


def make_refund(ports: Ports, refund_id: RefundId) -> None:
    run(ports, REFUND, refund_id)


def make_transfer(ports: Ports, transfer_id: TransferId) -> None:
    run(ports, TRANSFER, transfer_id)


def make_reversal(ports: Ports, reversal_id: ReversalId) -> None:
    run(ports, REVERSAL, reversal_id)


def _refund(tx: Transaction, refund: Refund, at: datetime) -> Callable[[Payments], ProviderRefund]:
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
    return lambda payments: payments.refund(order)


def _refund_made(ports: Ports, refund_id: RefundId, told: ProviderRefund) -> None:
    with ports.transactions(SYSTEM) as tx:
        holding = Holding.lock(tx, tx.refunds.get(refund_id).checkout_id)
        refund = tx.refunds.get(refund_id, lock=True)
        record_refund(ports, tx, holding, refund, told, at=ports.now())


def _refund_refused(ports: Ports, refund_id: RefundId, no: PaymentRefused) -> None:
    """Disputed money waits for the bank. Otherwise somebody may have refunded it already; when
    nobody has, it has failed."""
    with ports.transactions(SYSTEM) as tx:
        checkout_id = tx.refunds.get(refund_id).checkout_id
        if no.because is No.DISPUTED and _waits_for_the_bank(tx, refund_id, at=ports.now()):
            return
    match_refunds(ports, checkout_id=checkout_id)
    with ports.transactions(SYSTEM) as tx:
        holding = Holding.lock(tx, checkout_id)
        refund = tx.refunds.get(refund_id, lock=True)
        if _is_untried(refund):
            why = no.code or no.because
            fail_refund(ports, tx, holding, refund, why=why, at=ports.now())


def _waits_for_the_bank(tx: Transaction, refund_id: RefundId, *, at: datetime) -> bool:
    """False once the bank has decided: what the provider refuses then, it refuses for good. Raises
    NotReadyYet as long as we may still hear of a dispute."""
    Holding.lock(tx, tx.refunds.get(refund_id).checkout_id)
    refund = tx.refunds.get(refund_id, lock=True)
    disputes = tx.disputes.about(refund.checkout_id)
    if any(each.closed_at is None for each in disputes):
        tx.refunds.save(refund.hold())
        return True
    if not disputes and at < refund.created_at + HEARD_WITHIN:
        raise NotReadyYet()
    return False


def _transfer(
    tx: Transaction, transfer: Transfer, at: datetime
) -> Callable[[Payments], ProviderTransfer]:
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
    return lambda payments: payments.transfer(order)


def _transfer_made(ports: Ports, transfer_id: TransferId, told: ProviderTransfer) -> None:
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        transfer = tx.transfers.get(transfer_id, lock=True)
        made = transfer.done(provider_id=told.id, at=at)
        if made.status is not transfer.status:
            tx.transfers.save(made)
            done = TransferDone(transfer.session_id, transfer.id, transfer.amount)
            tx.outbox.record(done, by=SYSTEM, at=at)


def _transfer_refused(ports: Ports, transfer_id: TransferId, no: PaymentRefused) -> None:
    with ports.transactions(SYSTEM) as tx:
        tx.sessions.get(tx.transfers.get(transfer_id).session_id, lock=True)
        transfer = tx.transfers.get(transfer_id, lock=True)
        account = Account(transfer.account, transfer.owner_id)
        provider_account, _ = payout_account(tx, account)
        if not _is_untried(transfer):
            return
        refuse_transfer(ports, tx, transfer, no, at=ports.now())
    if no.because is No.ACCOUNT_NOT_READY and provider_account is not None:
        refresh(ports, UUID(str(transfer.owner_id)), provider_account)


def _reversal(
    tx: Transaction, reversal: Reversal, at: datetime
) -> Callable[[Payments], ProviderReversal]:
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
    return lambda payments: payments.reverse_transfer(order)


def _reversal_made(ports: Ports, reversal_id: ReversalId, told: ProviderReversal) -> None:
    """Its refund tells the customer; nobody else waits for it."""
    with ports.transactions(SYSTEM) as tx:
        reversal = tx.reversals.get(reversal_id, lock=True)
        tx.reversals.save(reversal.done(provider_id=told.id, at=ports.now()))


def _reversal_refused(ports: Ports, reversal_id: ReversalId, no: PaymentRefused) -> None:
    """Somebody may have taken it back already; when nobody has, it has failed."""
    with ports.transactions(SYSTEM) as tx:
        transfer_id = tx.reversals.get(reversal_id).transfer_id
    match_reversals(ports, transfer_id=transfer_id)
    with ports.transactions(SYSTEM) as tx:
        tx.sessions.get(tx.transfers.get(transfer_id).session_id, lock=True)
        reversal = tx.reversals.get(reversal_id, lock=True)
        if _is_untried(reversal):
            refuse_reversal(ports, tx, reversal, no, at=ports.now())


def _is_untried(movement: Movement) -> bool:
    return movement.status is MovementStatus.DUE and movement.tried_at is None


REFUND: Final = Errand[Refund, RefundId, ProviderRefund](
    rows=lambda tx: tx.refunds, call=_refund, made=_refund_made, refused=_refund_refused
)
TRANSFER: Final = Errand[Transfer, TransferId, ProviderTransfer](
    rows=lambda tx: tx.transfers, call=_transfer, made=_transfer_made, refused=_transfer_refused
)
REVERSAL: Final = Errand[Reversal, ReversalId, ProviderReversal](
    rows=lambda tx: tx.reversals, call=_reversal, made=_reversal_made, refused=_reversal_refused
)
