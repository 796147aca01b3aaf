"""Which workshops people work for or run."""

from autodoctor.domain.shared.ids import AccountId, MechanicId, WorkshopId
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def workshops_of(tx: Transaction, account_id: AccountId) -> frozenset[WorkshopId]:
    """The one whose staff they are, and the one they take sessions for."""
    found = (tx.accounts.get(account_id).workshop_id, _employer(tx, MechanicId(account_id)))
    return frozenset(each for each in found if each is not None)


def _employer(tx: Transaction, mechanic_id: MechanicId) -> WorkshopId | None:
    try:
        return tx.mechanics.get(mechanic_id).workshop_id
    except Missing:
        return None
