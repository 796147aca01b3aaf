"""A customer's bank asks for its money back: noted, nothing more is paid out, an admin is shown
the session; decided, the ledger says who bears it."""

from datetime import datetime

from autodoctor.application.payments.movements import send_transfer, terms_of, undo_transfers
from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.revenue.disputes import dispute_lost, dispute_opened, dispute_won
from autodoctor.domain.revenue.events import DisputeClosed, DisputeOpened
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ids import DisputeId
from autodoctor.domain.revenue.ledger import Entry
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import EntryId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_notices import DisputeOutcome, PaymentNotice
from autodoctor.ports.revenue import Dispute
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def open_dispute(ports: Ports, tx: Transaction, notice: PaymentNotice, *, at: datetime) -> None:
    """Raises Missing for a charge that is not ours."""
    if notice.provider.charge is None or notice.provider.dispute is None or notice.amount is None:
        raise Missing("charge")
    checkout = tx.checkouts.by_charge(notice.provider.charge)
    if checkout is None:
        raise Missing("charge")
    session = tx.sessions.of_checkout(checkout.id)
    dispute = Dispute(
        id=DisputeId(ports.ids.new()),
        provider_id=notice.provider.dispute,
        session_id=session.id if session else None,
        checkout_id=checkout.id,
        amount=notice.amount,
        opened_at=at,
    )
    if not tx.disputes.add(dispute):
        return
    entry = dispute_opened(
        _funds(tx, dispute),
        dispute_id=dispute.id,
        amount=dispute.amount,
        entry_id=EntryId(ports.ids.new()),
        at=at,
    )
    _post(tx, entry, checkout, dispute)
    tx.outbox.record(DisputeOpened(dispute.session_id, dispute.amount), by=SYSTEM, at=at)


def close_dispute(ports: Ports, tx: Transaction, notice: PaymentNotice, *, at: datetime) -> None:
    """Raises Missing for one that was never opened here."""
    known = tx.disputes.by_provider(notice.provider.dispute or "")
    if known is None:
        raise Missing("dispute")
    won = notice.outcome is DisputeOutcome.WON
    closed = Dispute(
        id=known.id,
        provider_id=known.provider_id,
        session_id=known.session_id,
        checkout_id=known.checkout_id,
        amount=known.amount,
        opened_at=known.opened_at,
        closed_at=at,
        won=won,
    )
    if not tx.disputes.close(closed):
        return
    _post(tx, _decision(ports, tx, closed, at=at), tx.checkouts.get(known.checkout_id), closed)
    if won and known.session_id is not None:
        _free_transfers(ports, tx, known.session_id, at=at)
    if not won and known.session_id is not None:
        undo_transfers(ports, tx, known.session_id, at=at)
    tx.outbox.record(DisputeClosed(known.session_id, won), by=SYSTEM, at=at)


def _decision(ports: Ports, tx: Transaction, dispute: Dispute, *, at: datetime) -> Entry:
    funds = _funds(tx, dispute)
    entry_id = EntryId(ports.ids.new())
    if dispute.won:
        return dispute_won(funds, dispute_id=dispute.id, entry_id=entry_id, at=at)
    terms = None
    if dispute.session_id is not None and funds.is_split:
        terms = terms_of(tx, tx.sessions.get(dispute.session_id))
    return dispute_lost(funds, dispute_id=dispute.id, terms=terms, entry_id=entry_id, at=at)


def _funds(tx: Transaction, dispute: Dispute) -> Funds:
    if dispute.session_id is not None:
        return Funds.of(dispute.session_id, tx.ledger.of_session(dispute.session_id))
    pot = SessionId(dispute.checkout_id)
    return Funds.of(pot, tx.ledger.of_checkout(dispute.checkout_id))


def _post(tx: Transaction, entry: Entry, checkout: Checkout, dispute: Dispute) -> None:
    if dispute.session_id is None:
        tx.ledger.post_returned(entry, checkout.id)
    else:
        tx.ledger.post(entry)


def _free_transfers(ports: Ports, tx: Transaction, session_id: SessionId, *, at: datetime) -> None:
    for transfer in tx.transfers.of_session(session_id):
        if transfer.status is MovementStatus.HELD:
            send_transfer(ports, tx, tx.transfers.save(transfer.free()), at=at)
