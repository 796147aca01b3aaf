"""The staff of a workshop: who has which seat. The last owner stays."""

from datetime import datetime

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.workshops import SEATS, TEAM
from autodoctor.application.accounts.logins import end_logins
from autodoctor.application.accounts.seats import check_owner_stays
from autodoctor.application.workshops.own import open_workshop
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.shared.actor import Actor, Role, Seat
from autodoctor.domain.shared.ids import AccountId, WorkshopId
from autodoctor.domain.workshops.events import SeatChanged
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def staff(ports: Ports, *, actor: Actor) -> tuple[Account, ...]:
    """By name."""
    may(actor, TEAM)
    with ports.transactions(actor) as tx:
        return tx.accounts.of_workshop(open_workshop(tx, actor).id)


def change_seat(ports: Ports, *, actor: Actor, account_id: AccountId, seat: Seat) -> Account:
    """Counts from their next click on. Again changes nothing. Refusals: Missing,
    LastOwnerStays."""
    may(actor, SEATS)
    at = ports.now()
    with ports.transactions(actor) as tx:
        workshop = open_workshop(tx, actor, lock=True)
        before = _colleague(tx, workshop.id, account_id)
        if before.workshop_seat is seat:
            return before
        check_workshop_keeps_owner(tx, before)
        tx.outbox.record(SeatChanged(account_id, workshop.id, seat), by=actor, at=at)
        return tx.accounts.save(attrs.evolve(before, workshop_seat=seat))


def take_seat(ports: Ports, *, actor: Actor, account_id: AccountId) -> None:
    """They are out at their next click. Refusals: Missing, LastOwnerStays."""
    may(actor, SEATS)
    at = ports.now()
    with ports.transactions(actor) as tx:
        workshop = open_workshop(tx, actor, lock=True)
        before = _colleague(tx, workshop.id, account_id)
        check_workshop_keeps_owner(tx, before)
        tx.accounts.save(_without_seat(before))
        _out(tx, before, by=actor, at=at)


def check_workshop_keeps_owner(tx: Transaction, account: Account) -> None:
    """Under the workshop's lock. Raises LastOwnerStays."""
    if account.workshop_id is not None:
        staff_of = tx.accounts.of_workshop(account.workshop_id)
        check_owner_stays({each.id: each.workshop_seat for each in staff_of}, account.id)


def _colleague(tx: Transaction, workshop_id: WorkshopId, account_id: AccountId) -> Account:
    found = tx.accounts.get(account_id, lock=True)
    if found.workshop_id != workshop_id:
        raise Missing("account")
    return found


def _without_seat(account: Account) -> Account:
    """Somebody without another hat keeps this one, and can apply with a workshop of their own."""
    roles = account.roles - {Role.WORKSHOP} or account.roles
    return attrs.evolve(account, workshop_id=None, workshop_seat=None, roles=roles)


def _out(tx: Transaction, account: Account, *, by: Actor, at: datetime) -> None:
    assert account.workshop_id is not None, "somebody of the staff"
    end_logins(tx, account.id, at=at)
    tx.outbox.record(SeatChanged(account.id, account.workshop_id, ""), by=by, at=at)
