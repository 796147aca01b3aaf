"""The workshop somebody of its staff acts for."""

import attrs

from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Forbidden
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class WorkshopUntold(Forbidden):
    """Tell us about your workshop first."""


def own_workshop(tx: Transaction, actor: Actor, *, lock: bool = False) -> Workshop:
    """Whether it may work or not. Raises WorkshopUntold for somebody who has none yet."""
    if actor.workshop_id is None:
        raise WorkshopUntold()
    return tx.workshops.get(actor.workshop_id, lock=lock)


def open_workshop(tx: Transaction, actor: Actor, *, lock: bool = False) -> Workshop:
    """Raises WorkshopUntold, WorkshopNotApproved, WorkshopSuspended, in this order."""
    workshop = own_workshop(tx, actor, lock=lock)
    workshop.check_open()
    return workshop
