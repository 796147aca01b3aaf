"""What a vehicle identification number says."""

from typing import Protocol

import attrs


@attrs.frozen(kw_only=True)
class DecodedVin:
    """Empty where the number does not tell."""

    vin: str
    year: int | None
    make: str
    model: str
    trim: str
    body: str
    engine: str
    fuel: str
    drive: str
    plant_country: str


class VinDecoder(Protocol):
    def decode(self, vin: str, /) -> DecodedVin:
        """For a VIN whose shape and check digit are right."""

    def makes(self) -> tuple[str, ...]:
        """Passenger-vehicle makes, in alphabetical order."""
