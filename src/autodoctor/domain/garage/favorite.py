"""Whom a customer liked: a mechanic or a workshop, each at most once."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import CustomerId, FavoriteId, MechanicId, WorkshopId


@attrs.frozen
class AlreadyFavorite(Conflict):
    """This is one of your favourites already."""

    of: UUID


@attrs.frozen(kw_only=True)
class Favorite:
    """One of `mechanic_id` and `workshop_id` is set."""

    id: FavoriteId
    customer_id: CustomerId
    created_at: datetime
    mechanic_id: MechanicId | None = None
    workshop_id: WorkshopId | None = None

    @property
    def of(self) -> UUID:
        liked = self.mechanic_id or self.workshop_id
        assert liked is not None, "a favourite is somebody"
        return liked


def check_one(mechanic_id: MechanicId | None, workshop_id: WorkshopId | None) -> None:
    """Raises InvalidField unless exactly one is given."""
    if (mechanic_id is None) == (workshop_id is None):
        raise InvalidField("mechanic_id", "Name a mechanic or a workshop.")
