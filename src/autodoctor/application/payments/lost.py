"""What a lost dispute undoes: the bank has given the customer their money, so nothing else may."""

from datetime import datetime

from autodoctor.application.payments.errands import NotReadyYet
from autodoctor.application.payments.movements import order_reversal, terms_of
from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.movements import MovementStatus, Refund, Transfer
from autodoctor.domain.revenue.payouts import transfer_failed
from autodoctor.domain.revenue.refunds import refund_failed
from autodoctor.domain.shared.ids import EntryId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def void_refunds(ports: Ports, tx: Transaction, checkout: Checkout, *, at: datetime) -> None:
    """Those that were not made will not be: the bank was faster.

    Raises NotReadyYet while the provider may have made one without our having heard of it.
    """
    for refund in tx.refunds.of_checkout(checkout.id):
        if refund.status is not MovementStatus.DUE:
            continue
        if refund.tried_at is not None:
            raise NotReadyYet()
        _refund_failed(ports, tx, checkout, refund, at=at)
        tx.refunds.save(refund.void())


def _refund_failed(
    ports: Ports, tx: Transaction, checkout: Checkout, refund: Refund, *, at: datetime
) -> None:
    entry_id = EntryId(ports.ids.new())
    if refund.session_id is None:
        pot = Funds.of(SessionId(checkout.id), tx.ledger.of_checkout(checkout.id))
        entry = refund_failed(pot, refund_id=refund.id, entry_id=entry_id, at=at)
        tx.ledger.post_returned(entry, checkout.id)
        return
    funds = Funds.of(refund.session_id, tx.ledger.of_session(refund.session_id))
    terms = terms_of(tx, tx.sessions.get(refund.session_id)) if funds.is_split else None
    tx.ledger.post(refund_failed(funds, refund_id=refund.id, terms=terms, entry_id=entry_id, at=at))


def undo_transfers(ports: Ports, tx: Transaction, session_id: SessionId, *, at: datetime) -> None:
    """What was not sent is not sent any more; what was, or may have been, is taken back."""
    for transfer in tx.transfers.of_session(session_id):
        sent = transfer.status is MovementStatus.DONE or transfer.tried_at is not None
        if sent and transfer.status is not MovementStatus.VOID:
            order_reversal(ports, tx, transfer, amount=transfer.amount, refund_id=None, at=at)
            continue
        if transfer.status is MovementStatus.DUE:
            _transfer_failed(ports, tx, transfer, at=at)
        tx.transfers.save(transfer.void())


def _transfer_failed(ports: Ports, tx: Transaction, transfer: Transfer, *, at: datetime) -> None:
    funds = Funds.of(transfer.session_id, tx.ledger.of_session(transfer.session_id))
    entry_id = EntryId(ports.ids.new())
    tx.ledger.post(transfer_failed(funds, transfer_id=transfer.id, entry_id=entry_id, at=at))
