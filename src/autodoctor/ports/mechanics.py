"""Keeping mechanics and workshops, and finding the best of those on shift."""

from datetime import date, datetime
from typing import Protocol

from autodoctor.domain.matching.candidate import Wanted
from autodoctor.domain.matching.ranking import Ranked
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.stores import Store


class Workshops(Store[Workshop, WorkshopId], Protocol):
    """Workshops."""


class Mechanics(Store[Mechanic, MechanicId], Protocol):
    """`add` and `save` keep the pool of those on shift in step."""

    def best(self, wanted: Wanted, /, *, most: int, today: date) -> tuple[Ranked, ...]:
        """Exactly what ranking every mechanic on shift would give whose papers are good
        `today`, their last day included."""

    def on_shift_count(self) -> int:
        """How many are on shift and approved."""


class Shifts(Protocol):
    """The log of who was on shift, when. One runs at a time for each mechanic."""

    def begin(self, mechanic_id: MechanicId, /, *, at: datetime) -> None: ...

    def end(self, mechanic_id: MechanicId, /, *, at: datetime) -> None: ...
