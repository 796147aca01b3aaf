"""Keeping workshops, and the places of mechanics in them."""

from typing import Protocol

from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.workshops.membership import Membership
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.stores import Store


class Workshops(Store[Workshop, WorkshopId], Protocol):
    """Workshops."""


class Memberships(Store[Membership, MechanicId], Protocol):
    """A mechanic has one at most; a second `add` raises Stale."""

    def of_mechanic(self, mechanic_id: MechanicId, /) -> Membership | None: ...

    def count(self, workshop_id: WorkshopId, /) -> int:
        """How many places are taken, whatever the state of each."""

    def remove(self, mechanic_id: MechanicId, /) -> None:
        """Again changes nothing."""
