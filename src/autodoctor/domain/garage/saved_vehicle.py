"""A vehicle a customer has saved. One of theirs is the primary one, while there is any."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import attrs

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import CustomerId, VehicleId

COLOUR_LENGTH_MAX: Final = 30
PLATE_LENGTH_MAX: Final = 12
NICKNAME_LENGTH_MAX: Final = 40


@attrs.frozen(kw_only=True)
class SavedVehicle:
    """Year, make, model and VIN are checked as those of a booking are; texts may be empty."""

    id: VehicleId
    customer_id: CustomerId
    created_at: datetime
    year: int
    make: str
    model: str
    vin: str | None = None
    odometer_km: int | None = None
    plate: str | None = None
    colour: str = ""
    nickname: str = ""
    primary: bool = False
    version: int = 0

    @property
    def title(self) -> str:
        """As its owner calls it, or what it is."""
        return self.nickname or f"{self.year} {self.make} {self.model}"


def check_texts(vehicle: SavedVehicle) -> SavedVehicle:
    """Raises InvalidField for a colour, plate or nickname that is too long."""
    bounds = (
        ("colour", vehicle.colour, COLOUR_LENGTH_MAX),
        ("plate", vehicle.plate or "", PLATE_LENGTH_MAX),
        ("nickname", vehicle.nickname, NICKNAME_LENGTH_MAX),
    )
    for field, text, most in bounds:
        if len(text) > most or not text.isprintable():
            raise InvalidField(field, f"At most {most} characters.")
    return vehicle


def with_primary(
    vehicles: Iterable[SavedVehicle], chosen: VehicleId | None
) -> tuple[SavedVehicle, ...]:
    """The vehicles that change so that `chosen` is the primary one, or the oldest when there
    is no such one; those that lose it come first, as a store that takes one wants them."""
    known = sorted(vehicles, key=lambda each: (each.created_at, each.id))
    if not known:
        return ()
    ids = {each.id for each in known}
    primary = chosen if chosen in ids else known[0].id
    wanted = [attrs.evolve(each, primary=each.id == primary) for each in known]
    changed = [new for new, old in zip(wanted, known, strict=True) if new != old]
    return tuple(sorted(changed, key=lambda each: each.primary))
