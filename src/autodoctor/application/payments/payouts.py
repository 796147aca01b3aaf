"""Payout accounts: what waited for one is sent when it is ready."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.application.payments.movements import send_transfer
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_notices import PaymentNotice
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
