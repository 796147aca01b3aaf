"""NUL characters: JSON can write them, PostgreSQL keeps none (its documentation, section 8.3).
One check for every endpoint, which names the field, instead of one in each."""

from typing import Any

from autodoctor.domain.shared.errors import InvalidField

NUL = "\x00"


def check_nul(value: Any, place: str = "body") -> None:
    """`value` is what JSON decodes to. Raises InvalidField with the place of the first NUL,
    as `vehicle.model` or `keywords[2]`."""
    match value:
        case str() if NUL in value:
            raise InvalidField(place, "A text holds no NUL characters.")
        case list():
            for index, each in enumerate(value):
                check_nul(each, f"{place}[{index}]")
        case dict():
            for name, each in value.items():
                check_nul(name, place)
                check_nul(each, name if place == "body" else f"{place}.{name}")
