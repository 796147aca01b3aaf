"""Who may see a waiting request, as a function of time.

Computed whenever a request is read, so that a late job changes nothing.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.errors import Invalid
from autodoctor.domain.shared.ids import MechanicId, WorkshopId

HEAD_START: Final = timedelta(seconds=60)
"""How long a preferred workshop, or a chosen mechanic, sees a request before the others."""


class RoutingKind(StrEnum):
    BROADCAST = "broadcast"
    WORKSHOP_ONLY = "workshop_only"
    HYBRID = "hybrid"


@attrs.frozen
class WorkshopMissing(Invalid):
    """Workshop-only and hybrid routing need a workshop."""

    routing: RoutingKind


@attrs.frozen
class Routing:
    """Where a request goes. A chosen mechanic comes before everything else."""

    kind: RoutingKind = RoutingKind.BROADCAST
    workshop_id: WorkshopId | None = None
    chosen_mechanic_id: MechanicId | None = None

    def __attrs_post_init__(self) -> None:
        if self.kind is not RoutingKind.BROADCAST and self.workshop_id is None:
            raise WorkshopMissing(self.kind)

    @property
    def opened(self) -> "Routing":
        """To everybody, when its workshop cannot take it; a chosen mechanic still comes first."""
        return Routing(chosen_mechanic_id=self.chosen_mechanic_id)

    def admits(
        self,
        mechanic_id: MechanicId,
        *,
        workshop_id: WorkshopId | None,
        waiting_since: datetime,
        at: datetime,
    ) -> bool:
        """Whether a mechanic (and member of `workshop_id`) may see the request at `at`."""
        if mechanic_id == self.chosen_mechanic_id:
            return True
        head_start_over = at >= waiting_since + HEAD_START
        if self.chosen_mechanic_id is not None and not head_start_over:
            return False
        member = workshop_id is not None and workshop_id == self.workshop_id
        match self.kind:
            case RoutingKind.BROADCAST:
                return True
            case RoutingKind.WORKSHOP_ONLY:
                return member
            case RoutingKind.HYBRID:
                return member or head_start_over

    def widens_at(self, *, waiting_since: datetime) -> datetime | None:
        """When more mechanics begin to see it; None if that never changes."""
        staged = self.chosen_mechanic_id is not None or self.kind is RoutingKind.HYBRID
        return waiting_since + HEAD_START if staged else None
