"""A customer's bank asks for its money back: noted, nothing more is paid out, an admin is shown
the session; decided, the ledger says who bears it."""

from datetime import datetime, timedelta
from typing import Final

from autodoctor.application.payments.errands import NotReadyYet
from autodoctor.application.payments.holding import Holding
from autodoctor.application.payments.issues import close_paid
from autodoctor.application.payments.lost import free_refunds, void_refunds
from autodoctor.application.payments.movements import payouts_ready, send_transfer
from autodoctor.application.payments.payees import adjust_payees
from autodoctor.application.payments.settlement import settle_late
from autodoctor.application.payments.shares import record_reductions, shares
from autodoctor.application.payments.unfunded import call_off_unfunded
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.disputes import dispute_lost, dispute_opened, dispute_won
from autodoctor.domain.revenue.events import DisputeClosed, DisputeOpened
from autodoctor.domain.revenue.ids import DisputeId
from autodoctor.domain.revenue.ledger import Entry
from autodoctor.domain.revenue.movements import UNSENT, MovementStatus
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import EntryId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_notices import DisputeOutcome, NoticeKind, PaymentNotice
from autodoctor.ports.payment_records import ProviderDispute
from autodoctor.ports.payment_refusals import No, PaymentRefused
from autodoctor.ports.revenue import Dispute
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

PATIENCE: Final = timedelta(days=1)
"""How long a dispute waits for the payment it is about to become known here."""


def dispute_on_record(ports: Ports, notice: PaymentNotice) -> ProviderDispute:
    """What the provider knows of it, whatever the notice says. Raises Missing for one that it does
    not know, and NotReadyYet for one that is told to be decided and is not."""
    try:
        found = ports.payment_records.dispute(notice.provider.dispute or "")
    except PaymentRefused as no:
        if no.because is No.UNKNOWN_OBJECT:
            raise Missing("dispute") from no
        raise
    if notice.kind is NoticeKind.DISPUTE_CLOSED and found.outcome is None:
        raise NotReadyYet()
    return found


def open_dispute(
    ports: Ports, tx: Transaction, notice: PaymentNotice, found: ProviderDispute, *, at: datetime
) -> None:
    """`found` is what `dispute_on_record` says. Raises Missing for a charge that is not ours, and
    NotReadyYet as long as it may become ours, or its money has not found its place."""
    checkout = tx.checkouts.by_charge(found.charge_id)
    if checkout is None:
        raise unknown(notice, "charge", at=at)
    holding = Holding.lock(tx, checkout.id)
    if not holding.checkout.settled:
        raise NotReadyYet()
    dispute = Dispute(
        id=DisputeId(ports.ids.new()),
        provider_id=found.id,
        session_id=holding.session_id,
        checkout_id=checkout.id,
        amount=found.amount,
        opened_at=at,
    )
    if not tx.disputes.add(dispute):
        return
    entry = dispute_opened(
        holding.funds(tx),
        dispute_id=dispute.id,
        amount=dispute.amount,
        entry_id=EntryId(ports.ids.new()),
        at=at,
    )
    holding.post(tx, entry)
    tx.outbox.record(DisputeOpened(dispute.session_id, dispute.amount), by=SYSTEM, at=at)


def close_dispute(
    ports: Ports, tx: Transaction, notice: PaymentNotice, found: ProviderDispute, *, at: datetime
) -> None:
    """`found` is what `dispute_on_record` says, decided. Raises Missing for one that was never
    opened here, and NotReadyYet as long as it may be opened, or a refund of it is under way."""
    known = tx.disputes.by_provider(found.id)
    if known is None:
        raise unknown(notice, "dispute", at=at)
    holding = Holding.lock(tx, known.checkout_id)
    won = found.outcome is DisputeOutcome.WON
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
    before = shares(tx, holding)
    if won:
        free_refunds(tx, holding, at=at)
    else:
        void_refunds(ports, tx, holding, at=at)
    holding.post(tx, _decision(ports, tx, holding, closed, at=at))
    called_off = not won and call_off_unfunded(ports, tx, holding, cause=Cause.DISPUTE_LOST)
    if known.session_id is not None:
        _settle(ports, tx, known.session_id, won=won, at=at)
    close_paid(tx, holding, at=at)
    record_reductions(tx, holding, before, called_off=called_off, disputed=True, at=at)
    news = _closed(tx, holding, closed, called_off=called_off)
    tx.outbox.record(news, by=SYSTEM, at=at)


def _closed(
    tx: Transaction, holding: Holding, dispute: Dispute, *, called_off: bool
) -> DisputeClosed:
    refunds = tx.refunds.of_checkout(holding.checkout.id)
    return DisputeClosed(
        dispute.session_id,
        bool(dispute.won),
        holding.checkout.customer_id,
        dispute.amount,
        refunding=any(each.status in UNSENT for each in refunds),
        called_off=called_off,
    )


def _decision(
    ports: Ports, tx: Transaction, holding: Holding, dispute: Dispute, *, at: datetime
) -> Entry:
    funds = holding.funds(tx)
    entry_id = EntryId(ports.ids.new())
    if dispute.won:
        return dispute_won(funds, dispute_id=dispute.id, entry_id=entry_id, at=at)
    terms = holding.terms(tx, funds)
    return dispute_lost(funds, dispute_id=dispute.id, terms=terms, entry_id=entry_id, at=at)


def unknown(notice: PaymentNotice, kind: str, *, at: datetime) -> Refusal:
    """Notices come in any order: what is unknown today may be known when it is tried again."""
    return NotReadyYet() if at < notice.created + PATIENCE else Missing(kind)


def _settle(
    ports: Ports, tx: Transaction, session_id: SessionId, *, won: bool, at: datetime
) -> None:
    """What the session's money could not do while it was disputed."""
    if not won:
        adjust_payees(ports, tx, session_id, at=at)
    if tx.disputes.open_of(session_id):
        return
    settle_late(ports, tx, tx.sessions.get(session_id, lock=True), at=at)
    if won:
        _free_transfers(ports, tx, session_id, at=at)


def _free_transfers(ports: Ports, tx: Transaction, session_id: SessionId, *, at: datetime) -> None:
    for transfer in tx.transfers.of_session(session_id):
        ready = payouts_ready(tx, Account(transfer.account, transfer.owner_id))
        if transfer.status is MovementStatus.HELD and ready:
            send_transfer(ports, tx, tx.transfers.save(transfer.free()), at=at)
