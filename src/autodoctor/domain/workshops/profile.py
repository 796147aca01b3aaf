"""What a workshop tells of itself: who answers for it, where it is, whom it reaches."""

import re
from datetime import time
from typing import Final
from urllib.parse import urlsplit

import attrs

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.texts import LINE_LENGTH_MAX

PREFIX: Final = re.compile(r"[A-Z0-9]{3,6}")
PREFIXES_MAX: Final = 200
RADIUS_KM_DEFAULT: Final = 25
RADIUS_KM_MAX: Final = 500
CAPACITY_DEFAULT: Final = 10
CAPACITY_MAX: Final = 500
DESCRIPTION_LENGTH_MAX: Final = 2000
WEEKDAYS: Final = 7


@attrs.frozen(order=True)
class Hours:
    """Open on a weekday (0 is Monday) from `opens` until `closes`, the shop's own clock."""

    weekday: int
    opens: time
    closes: time


@attrs.frozen(kw_only=True)
class Profile:
    """`coverage` are the beginnings of the postal codes it serves; `capacity` is how many
    mechanics it has room for. `contact_name`, `phone` and the numbers are shown to staff alone.
    """

    contact_name: str = ""
    email: str = ""
    phone: str = ""
    registration_number: str = ""
    tax_id: str = ""
    street: str = ""
    postal_code: str = ""
    country: str = "CA"
    coverage: tuple[str, ...] = ()
    radius_km: int = RADIUS_KM_DEFAULT
    capacity: int = CAPACITY_DEFAULT
    website: str = ""
    description: str = ""
    hours: tuple[Hours, ...] = ()
    logo_key: str = ""


def check_coverage(prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """In capitals, without spaces, each once, sorted. Raises InvalidField."""
    spelt = {"".join(each.split()).upper() for each in prefixes}
    found = tuple(sorted(each for each in spelt if each))
    if not found:
        raise InvalidField("coverage", "Name at least one postal prefix, such as M5V.")
    return check_areas(found)


def check_areas(prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """As coverage, and none is fine: then the whole of it."""
    spelt = {"".join(each.split()).upper() for each in prefixes}
    found = tuple(sorted(each for each in spelt if each))
    wrong = [each for each in found if not PREFIX.fullmatch(each)]
    if wrong:
        raise InvalidField(
            "coverage", f"“{wrong[0][:12]}” is no postal prefix: 3 to 6 letters and digits."
        )
    if len(found) > PREFIXES_MAX:
        raise InvalidField("coverage", f"At most {PREFIXES_MAX} postal prefixes.")
    return found


def check_radius(radius_km: int) -> int:
    return _within("radius_km", radius_km, RADIUS_KM_MAX, "kilometres")


def check_capacity(capacity: int) -> int:
    return _within("capacity", capacity, CAPACITY_MAX, "mechanics")


def _within(field: str, number: int, most: int, what: str) -> int:
    if not 1 <= number <= most:
        raise InvalidField(field, f"From 1 to {most} {what}.")
    return number


def check_website(text: str) -> str:
    """Empty, or an address of the web. Raises InvalidField."""
    address = text.strip()
    if not address:
        return ""
    whole = address if "://" in address else f"https://{address}"
    try:
        parts = urlsplit(whole)
    except ValueError:
        raise InvalidField("website", _WEBSITE) from None
    good = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    if not good or len(whole) > 2 * LINE_LENGTH_MAX or not whole.isprintable() or " " in whole:
        raise InvalidField("website", _WEBSITE)
    return whole


_WEBSITE: Final = "Enter an address such as https://garage.example."


def check_description(text: str) -> str:
    told = text.replace("\x00", "").strip()
    if len(told) > DESCRIPTION_LENGTH_MAX:
        raise InvalidField("description", f"At most {DESCRIPTION_LENGTH_MAX} characters.")
    return told


def check_hours(hours: tuple[Hours, ...]) -> tuple[Hours, ...]:
    """In the order of the week. Raises InvalidField."""
    ordered = tuple(sorted(hours))
    for each in ordered:
        if not 0 <= each.weekday < WEEKDAYS:
            raise InvalidField("hours", "A weekday is 0 (Monday) to 6 (Sunday).")
        if each.opens >= each.closes:
            raise InvalidField("hours", "A day closes after it opens.")
    if len({each.weekday for each in ordered}) < len(ordered):
        raise InvalidField("hours", "Give each day once.")
    return ordered
