"""Payout accounts: what waited for one is sent when it is ready, and what left one is followed."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.application.payments.issues import open_issue
from autodoctor.application.payments.movements import send_transfer
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.bank_payout import Payout, PayoutStatus
from autodoctor.domain.revenue.events import PayoutFailed
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_notices import PaymentNotice
from autodoctor.ports.payment_records import ProviderPayout
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def account_changed(ports: Ports, notice: PaymentNotice) -> None:
    """The provider says that somebody's account changed: ask what it is now."""
    owner, provider_account = notice.ours.account, notice.provider.account
    if owner is not None and provider_account is not None:
        refresh(ports, UUID(str(owner)), provider_account)


def refresh(ports: Ports, owner: UUID, provider_account: str) -> None:
    ready = ports.payout_accounts.state(provider_account).ready
    with ports.transactions(SYSTEM) as tx:
        if _set_ready(tx, owner, provider_account, ready=ready) and ready:
            send_held(ports, tx, owner, at=ports.now())


def _set_ready(tx: Transaction, owner: UUID, provider_account: str, *, ready: bool) -> bool:
    try:
        mechanic = tx.mechanics.get(MechanicId(owner), lock=True)
    except Missing:
        workshop = tx.workshops.get(WorkshopId(owner), lock=True)
        if workshop.payout_account != provider_account:
            return False
        tx.workshops.save(attrs.evolve(workshop, payouts_ready=ready))
        return True
    if mechanic.payout_account != provider_account:
        return False
    tx.mechanics.save(mechanic.can_be_paid(ready=ready))
    return True


def send_held(ports: Ports, tx: Transaction, owner: UUID, *, at: datetime) -> None:
    """Transfers that waited go out, unless their session's money is disputed."""
    for transfer_id in tx.transfers.held_for(owner):
        transfer = tx.transfers.get(transfer_id, lock=True)
        if transfer.status is MovementStatus.HELD and not tx.disputes.open_of(transfer.session_id):
            freed = tx.transfers.save(transfer.free())
            send_transfer(ports, tx, freed, at=at)


def follow_payout(ports: Ports, notice: PaymentNotice) -> None:
    """Money left a payout account for its owner's bank: ask how it goes. Its owner and staff
    hear of a failure, once. Raises Missing for an account that is nobody's here."""
    payout_id, provider_account = notice.provider.payout, notice.provider.account
    if payout_id is None or provider_account is None:
        return
    with ports.transactions(SYSTEM) as tx:
        owner = tx.payouts.owner_of(provider_account)
    if owner is None:
        raise Missing("payout account")
    told = ports.payment_records.payout(provider_account, payout_id)
    with ports.transactions(SYSTEM) as tx:
        _record_payout(ports, tx, owner, told, at=ports.now())


def _record_payout(
    ports: Ports, tx: Transaction, owner: Account, told: ProviderPayout, *, at: datetime
) -> None:
    payout = tx.payouts.by_provider(told.id)
    if payout is None:
        payout = _new_payout(ports, owner, told, at=at)
        tx.payouts.add(payout)
    payout = tx.payouts.get(payout.id, lock=True)
    after = payout.become(told.status, failure=told.failure)
    if after == payout:
        return
    tx.payouts.save(after)
    if after.status is PayoutStatus.FAILED:
        failed = PayoutFailed(after.account, after.owner_id, after.id, after.amount)
        tx.outbox.record(failed, by=SYSTEM, at=at)
        open_issue(
            ports,
            tx,
            IssueKind.PAYOUT_FAILED,
            after.id,
            amount=after.amount,
            detail=after.failure,
            at=at,
        )


def _new_payout(ports: Ports, owner: Account, told: ProviderPayout, *, at: datetime) -> Payout:
    assert owner.owner is not None, "what is paid out is somebody's"
    return Payout(
        id=ports.ids.new(),
        provider_id=told.id,
        account=owner.kind,
        owner_id=owner.owner,
        amount=told.amount,
        status=PayoutStatus.PENDING,
        created_at=at,
    )
