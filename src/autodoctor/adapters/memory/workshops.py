"""Workshops and the places of mechanics in them in memory."""

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.workshops.membership import Membership
from autodoctor.domain.workshops.workshop import Workshop


class MemoryWorkshops(MemoryStore[Workshop]):
    kind = "workshop"


class MemoryMemberships(MemoryStore[Membership]):
    kind = "membership"

    def of_mechanic(self, mechanic_id: MechanicId, /) -> Membership | None:
        return self._rows.get(mechanic_id)

    def count(self, workshop_id: WorkshopId, /) -> int:
        return sum(each.workshop_id == workshop_id for each in self._rows.values())

    def remove(self, mechanic_id: MechanicId, /) -> None:
        self._rows.pop(mechanic_id, None)
