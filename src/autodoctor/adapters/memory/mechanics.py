"""Mechanics and the log of shifts in memory."""

from datetime import date, datetime
from uuid import UUID

import attrs

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.adapters.memory.tables import Tables
from autodoctor.application.mechanics.eligibility import candidate_of
from autodoctor.domain.matching.candidate import Wanted
from autodoctor.domain.matching.eligibility import PROFILE_COMPLETION_MIN
from autodoctor.domain.matching.ranking import Ranked, rank
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.ids import MechanicId


def _pooled(mechanic: Mechanic) -> bool:
    complete = mechanic.profile_completion >= PROFILE_COMPLETION_MIN
    return mechanic.on_shift and mechanic.approved and mechanic.workshop_approved and complete


class MemoryMechanics(MemoryStore[Mechanic]):
    kind = "mechanic"

    def best(self, wanted: Wanted, /, *, most: int, today: date) -> tuple[Ranked, ...]:
        pool = (each for each in self._rows.values() if _pooled(each))
        valid = (m for m in pool if m.papers_expire_on is None or m.papers_expire_on >= today)
        return rank(map(candidate_of, valid), wanted, most=most)

    def on_shift_count(self) -> int:
        return sum(map(_pooled, self._rows.values()))


@attrs.frozen
class MemoryShifts:
    _tables: Tables

    def begin(self, mechanic_id: MechanicId, /, *, at: datetime) -> None:
        if not self._running(mechanic_id):
            self._tables.shifts[mechanic_id, at] = None

    def end(self, mechanic_id: MechanicId, /, *, at: datetime) -> None:
        for key in self._running(mechanic_id):
            self._tables.shifts[key] = at

    def _running(self, mechanic_id: MechanicId) -> list[tuple[UUID, datetime]]:
        shifts = self._tables.shifts.items()
        return [key for key, ended_at in shifts if key[0] == mechanic_id and ended_at is None]
