"""Bringing what we took back of a transfer in line with what the provider has on record."""

from datetime import datetime

from autodoctor.application.payments.errands import NotReadyYet
from autodoctor.application.payments.issues import open_issue
from autodoctor.application.payments.movements import order_reversal
from autodoctor.application.payments.payees import funds_of, unpost_reversal
from autodoctor.domain.revenue.ids import ReversalId
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import UNSENT, MovementStatus, Reversal, Transfer
from autodoctor.domain.revenue.payouts import reversal as reversal_entry
from autodoctor.domain.revenue.transfers import reversals_due
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import EntryId, TransferId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payments import ProviderReversal
from autodoctor.ports.transactions import Transaction


def match_reversals(ports: Ports, *, transfer_id: TransferId) -> None:
    """Of a transfer that was made. Safe to repeat. Raises NotReadyYet while a call of ours may
    be under way; PaymentsUnavailable."""
    with ports.transactions(SYSTEM) as tx:
        provider_id = tx.transfers.get(transfer_id).provider_id
    assert provider_id is not None, "whoever asks found it by the provider's id, or called by it"
    found = ports.payment_records.reversals_of(provider_id)
    with ports.transactions(SYSTEM) as tx:
        session_id = tx.transfers.get(transfer_id).session_id
        tx.sessions.get(session_id, lock=True)
        _match(ports, tx, tx.transfers.get(transfer_id, lock=True), found, at=ports.now())


def _match(
    ports: Ports,
    tx: Transaction,
    transfer: Transfer,
    found: tuple[ProviderReversal, ...],
    *,
    at: datetime,
) -> None:
    strangers = []
    for told in found:
        ours = _ours(tx, transfer, told)
        if ours is None:
            strangers.append(told)
        elif ours.status in UNSENT:
            tx.reversals.save(ours.done(provider_id=told.id, at=at))
    if strangers:
        withdrawn = _withdraw_unsent(ports, tx, transfer, at=at)
        for told in strangers:
            _adopt(ports, tx, transfer, told, at=at)
        if withdrawn:
            _order_rest(ports, tx, transfer, at=at)


def _ours(tx: Transaction, transfer: Transfer, told: ProviderReversal) -> Reversal | None:
    reversals = tx.reversals.of_transfer(transfer.id)
    known = next((each for each in reversals if each.provider_id == told.id), None)
    if known is not None:
        return known
    return next((r for r in reversals if r.id == told.reversal_id and r.status in UNSENT), None)


def _withdraw_unsent(ports: Ports, tx: Transaction, transfer: Transfer, *, at: datetime) -> bool:
    unsent = [each for each in tx.reversals.of_transfer(transfer.id) if each.status in UNSENT]
    if any(each.tried_at is not None for each in unsent):
        raise NotReadyYet()
    for reversal in unsent:
        tx.reversals.save(reversal.void())
        unpost_reversal(ports, tx, transfer, reversal, at=at)
    return bool(unsent)


def _adopt(
    ports: Ports, tx: Transaction, transfer: Transfer, told: ProviderReversal, *, at: datetime
) -> None:
    reversal = Reversal(
        id=ReversalId(ports.ids.new()),
        transfer_id=transfer.id,
        refund_id=None,
        amount=told.amount,
        status=MovementStatus.DONE,
        provider_id=told.id,
        created_at=at,
        done_at=at,
    )
    tx.reversals.add(reversal)
    entry = reversal_entry(
        funds_of(tx, transfer.session_id),
        transfer_id=transfer.id,
        amount=told.amount,
        reversal_id=reversal.id,
        entry_id=EntryId(ports.ids.new()),
        at=at,
    )
    tx.ledger.post(entry)
    open_issue(
        ports,
        tx,
        IssueKind.REVERSAL_AT_PROVIDER,
        reversal.id,
        amount=told.amount,
        session_id=transfer.session_id,
        detail=told.id,
        at=at,
    )


def _order_rest(ports: Ports, tx: Transaction, transfer: Transfer, *, at: datetime) -> None:
    for transfer_id, amount in reversals_due(funds_of(tx, transfer.session_id)):
        if transfer_id == transfer.id:
            order_reversal(ports, tx, transfer, amount=amount, refund_id=None, at=at)
