"""What stays of an account whose person is gone."""

from typing import Final

import attrs

from autodoctor.application.mechanics.shift import put_off_shift
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

GONE: Final = {Role.CUSTOMER: "Former customer", Role.MECHANIC: "Former mechanic"}


def without_person(account: Account) -> Account:
    """What is left: an id that sessions and the ledger point at."""
    name = next((GONE[role] for role in GONE if role in account.roles), "Former member")
    return attrs.evolve(
        account.stand(Standing.CLOSED),
        email=EmailAddress(f"closed-{account.id}@closed.invalid"),
        name=name,
        phone="",
        password_hash="",
        workshop_id=None,
        workshop_seat=None,
        organization_id=None,
        organization_seat=None,
    )


def leave_mechanics(ports: Ports, tx: Transaction, account: Account) -> None:
    """Nothing happens for who never was one."""
    try:
        mechanic = tx.mechanics.get(MechanicId(account.id), lock=True)
    except Missing:
        return
    gone = put_off_shift(tx, mechanic, at=ports.now())
    tx.mechanics.save(attrs.evolve(gone, name=GONE[Role.MECHANIC], bio="", approved=False))
