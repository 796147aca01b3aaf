"""Bringing what payees were paid, or are about to be, in line with what they earn."""

from datetime import datetime

import attrs

from autodoctor.application.payments.issues import open_issue
from autodoctor.application.payments.movements import order_reversal, order_transfer
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import UNSENT, MovementStatus, Reversal, Transfer
from autodoctor.domain.revenue.payouts import reversal_failed, transfer_failed
from autodoctor.domain.revenue.transfers import reversals_due
from autodoctor.domain.shared.ids import EntryId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_refusals import No, PaymentRefused
from autodoctor.ports.transactions import Transaction


def adjust_payees(ports: Ports, tx: Transaction, session_id: SessionId, *, at: datetime) -> None:
    """After money went back: what was not sent is sent in part or not at all; what was, or may
    have been, is taken back in part or whole. The session is locked."""
    for transfer in tx.transfers.of_session(session_id):
        if transfer.status is MovementStatus.HELD:
            _shrink(tx, transfer)
        elif transfer.status is MovementStatus.DUE and transfer.tried_at is None:
            _send_less(ports, tx, transfer, at=at)
    for transfer_id, amount in reversals_due(funds_of(tx, session_id)):
        transfer = tx.transfers.get(transfer_id, lock=True)
        order_reversal(ports, tx, transfer, amount=amount, refund_id=None, at=at)


def _shrink(tx: Transaction, transfer: Transfer) -> None:
    """What is held is in no entry yet: its payee has as much coming as they earn."""
    account = Account(transfer.account, transfer.owner_id)
    payable = funds_of(tx, transfer.session_id).payable(account)
    if payable.minor <= 0:
        tx.transfers.save(transfer.void())
    elif payable < transfer.amount:
        tx.transfers.save(attrs.evolve(transfer, amount=payable))


def _send_less(ports: Ports, tx: Transaction, transfer: Transfer, *, at: datetime) -> None:
    account = Account(transfer.account, transfer.owner_id)
    if funds_of(tx, transfer.session_id).payable(account).minor >= 0:
        return
    _unpost(ports, tx, transfer, at=at)
    tx.transfers.save(transfer.void())
    order_transfer(ports, tx, transfer.session_id, account, at=at)


def refuse_transfer(
    ports: Ports, tx: Transaction, transfer: Transfer, no: PaymentRefused, *, at: datetime
) -> None:
    """The provider said a definite no: the share is payable again. It waits for the account, or
    else for staff. The session is locked."""
    _unpost(ports, tx, transfer, at=at)
    failed = tx.transfers.save(transfer.failed(why=no.code or no.because))
    account = Account(failed.account, failed.owner_id)
    if no.because is No.ACCOUNT_NOT_READY:
        order_transfer(ports, tx, failed.session_id, account, at=at, hold=True)
        return
    open_issue(
        ports,
        tx,
        IssueKind.TRANSFER_FAILED,
        failed.id,
        amount=failed.amount,
        session_id=failed.session_id,
        detail=failed.failure,
        at=at,
    )


def _unpost(ports: Ports, tx: Transaction, transfer: Transfer, *, at: datetime) -> None:
    """What was to be taken back of a transfer that is not made need not be."""
    for reversal in tx.reversals.of_transfer(transfer.id):
        assert reversal.status in UNSENT, "nothing is taken back before it was sent"
        tx.reversals.save(reversal.void())
        unpost_reversal(ports, tx, transfer, reversal, at=at)
    funds = funds_of(tx, transfer.session_id)
    entry_id = EntryId(ports.ids.new())
    tx.ledger.post(transfer_failed(funds, transfer_id=transfer.id, entry_id=entry_id, at=at))


def unpost_reversal(
    ports: Ports, tx: Transaction, transfer: Transfer, reversal: Reversal, *, at: datetime
) -> None:
    entry = reversal_failed(
        funds_of(tx, transfer.session_id),
        transfer_id=transfer.id,
        reversal_id=reversal.id,
        entry_id=EntryId(ports.ids.new()),
        at=at,
    )
    tx.ledger.post(entry)


def refuse_reversal(
    ports: Ports, tx: Transaction, reversal: Reversal, no: PaymentRefused, *, at: datetime
) -> None:
    """The receiver keeps the money and owes it to us: staff have to see to it. It is due, and
    no attempt at it is under way."""
    transfer = tx.transfers.get(reversal.transfer_id)
    failed = tx.reversals.save(reversal.failed(why=no.code or no.because))
    unpost_reversal(ports, tx, transfer, failed, at=at)
    open_issue(
        ports,
        tx,
        IssueKind.REVERSAL_FAILED,
        failed.id,
        amount=failed.amount,
        session_id=transfer.session_id,
        detail=failed.failure,
        at=at,
    )


def funds_of(tx: Transaction, session_id: SessionId) -> Funds:
    return Funds.of(session_id, tx.ledger.of_session(session_id))
