"""VINs by ultravin, which carries NHTSA's vPIC data and asks nobody."""

import re
from collections.abc import Mapping
from typing import Final

import ultravin

from autodoctor.adapters.vin.makes import MAKES, written
from autodoctor.ports.vin import DecodedVin

_NOT_TOLD: Final = frozenset({"", "Not Applicable", "Other"})
_SYNONYM_OR_BRACKET: Final = re.compile(r"[/\[(]")
_ARRANGEMENTS: Final = {
    "V-Shaped": "V{}",
    "W Shaped": "W{}",
    "In-Line": "inline {}",
    "Horizontally opposed (boxer)": "flat {}",
}


class UltravinDecoder:
    """The data is read at the first decoding, in about a tenth of a second."""

    def decode(self, vin: str, /) -> DecodedVin:
        decoded = ultravin.decode(vin)
        said = _said(decoded["attributes"])
        return DecodedVin(
            vin=vin,
            year=decoded["model_year"],
            make=written(said.get("Make", "")),
            model=said.get("Model", ""),
            trim=said.get("Trim", ""),
            body=_short(said.get("Body Class", "")),
            engine=_engine(said),
            fuel=_fuel(said),
            drive=_short(said.get("Drive Type", "")),
            plant_country=_short(said.get("Plant Country", "")).title(),
        )

    def makes(self) -> tuple[str, ...]:
        return MAKES


def _said(attributes: Mapping[str, object]) -> dict[str, str]:
    return {
        name: value.strip()
        for name, value in attributes.items()
        if isinstance(value, str) and value.strip() not in _NOT_TOLD
    }


def _short(text: str) -> str:
    """ "Sedan" of "Sedan/Saloon", "UNITED STATES" of "UNITED STATES (USA)"."""
    return _SYNONYM_OR_BRACKET.split(text)[0].strip()


def _engine(said: Mapping[str, str]) -> str:
    """Such as "3.0 L V6"."""
    litres = said.get("Displacement (L)", "")
    cylinders = said.get("Engine Number of Cylinders", "")
    arrangement = _ARRANGEMENTS.get(said.get("Engine Configuration", ""), "{}-cylinder")
    size = f"{float(litres):.1f} L" if litres else ""
    return f"{size} {arrangement.format(cylinders) if cylinders else ''}".strip()


def _fuel(said: Mapping[str, str]) -> str:
    """Both of a hybrid: "Gasoline and electric"."""
    first, second = said.get("Fuel Type - Primary", ""), said.get("Fuel Type - Secondary", "")
    if first and second and first != second:
        return f"{first} and {second[0].lower()}{second[1:]}"
    return first or second
