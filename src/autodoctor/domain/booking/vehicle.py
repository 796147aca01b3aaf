"""A vehicle as a customer describes it, and the shape of its number."""

from typing import Final

import attrs

from autodoctor.domain.shared.errors import InvalidField

YEAR_MIN: Final = 1900
_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VALUES: Final = dict(
    zip(
        "ABCDEFGHJKLMNPRSTUVWXYZ",
        (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
) | {str(digit): digit for digit in range(10)}
_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def check_vin(text: str) -> str:
    """A vehicle identification number in upper case: 17 characters without I, O and Q, with
    a right check digit (49 CFR 565.15, table III to V)."""
    vin = text.strip().upper()
    if not text.isascii() or len(vin) != 17 or any(character not in _ALPHABET for character in vin):
        raise InvalidField("vin", "A VIN has 17 letters and digits, without I, O and Q.")
    total = sum(_VALUES[c] * weight for c, weight in zip(vin, _WEIGHTS, strict=True))
    if vin[8] != "0123456789X"[total % 11]:
        raise InvalidField("vin", "The check digit does not fit: look at the VIN once more.")
    return vin


@attrs.frozen
class Vehicle:
    year: int
    make: str
    model: str
    vin: str | None = None
    odometer_km: int | None = None
    plate: str | None = None

    @property
    def title(self) -> str:
        return f"{self.year} {self.make} {self.model}"


def check_vehicle(vehicle: Vehicle, *, year_now: int) -> Vehicle:
    """Next year's models are sold this year."""
    if not YEAR_MIN <= vehicle.year <= year_now + 1:
        raise InvalidField("year", f"A year from {YEAR_MIN} to {year_now + 1}.")
    for field, value in (("make", vehicle.make), ("model", vehicle.model)):
        if not 1 <= len(value.strip()) <= 60:
            raise InvalidField(field, f"Enter the {field}, up to 60 characters.")
    if vehicle.odometer_km is not None and not 0 <= vehicle.odometer_km <= 2_000_000:
        raise InvalidField("odometer_km", "Between 0 and 2,000,000 km.")
    return vehicle
