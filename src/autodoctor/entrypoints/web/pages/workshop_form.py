"""The details of a workshop as a form: what it asks, and what it becomes."""

from collections.abc import Mapping
from datetime import time
from typing import Any, Final

import attrs

from autodoctor.application.workshops.details import Details
from autodoctor.domain.workshops.profile import CAPACITY_DEFAULT, RADIUS_KM_DEFAULT, Hours
from autodoctor.domain.workshops.tax import Province
from autodoctor.entrypoints.web.pages.forms import FormView
from autodoctor.entrypoints.web.parts import Option

WEEK: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LINES: Final = (
    *("name", "contact_name", "email", "phone", "registration_number", "tax_id"),
    *("street", "city", "province", "postal_code", "website", "description"),
)
NUMBERS: Final = ("radius_km", "capacity")
TIMES: Final = tuple(f"{end}_{day}" for day in range(7) for end in ("opens", "closes"))
NAMES: Final = (*LINES, *NUMBERS, "coverage", *TIMES, "hours")
DEFAULTS: Final = {
    "province": "ON",
    "radius_km": str(RADIUS_KM_DEFAULT),
    "capacity": str(CAPACITY_DEFAULT),
    **{f"opens_{day}": "08:00" for day in range(5)},
    **{f"closes_{day}": "17:00" for day in range(5)},
}
_NAMES_OF: Final = {
    **{"AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick"},
    **{"NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "NT": "Northwest Territories"},
    **{"NU": "Nunavut", "ON": "Ontario", "PE": "Prince Edward Island", "QC": "Quebec"},
    **{"SK": "Saskatchewan", "YT": "Yukon"},
}
PROVINCES: Final = tuple(Option(code.value, _NAMES_OF[code.value]) for code in Province)
_NO_NUMBER: Final = -1
"""Refused by the same check that refuses a number out of bounds."""


@attrs.frozen
class DayView:
    label: str
    opens: str
    closes: str
    number: int


@attrs.frozen
class DetailsView:
    form: FormView
    week: tuple[DayView, ...]
    provinces: tuple[Option, ...] = PROVINCES


def details_view(form: FormView) -> DetailsView:
    shown = form.values
    week = tuple(
        DayView(label, shown[f"opens_{day}"], shown[f"closes_{day}"], day)
        for day, label in enumerate(WEEK)
    )
    return DetailsView(form, week)


def details_of_form(values: Mapping[str, str]) -> Details:
    told: dict[str, Any] = {name: values[name] for name in LINES}
    told |= {name: _number(values[name]) for name in NUMBERS}
    return Details(**told, coverage=prefixes(values["coverage"]), hours=_hours(values))


def prefixes(text: str) -> tuple[str, ...]:
    """However they are set apart."""
    return tuple(text.replace(",", " ").replace(";", " ").split())


def values_of(details: Details) -> dict[str, str]:
    """What was told before, as the form shows it."""
    lines = {name: str(getattr(details, name)) for name in (*LINES, *NUMBERS)}
    times: dict[str, str] = {}
    for each in details.hours:
        times[f"opens_{each.weekday}"] = f"{each.opens:%H:%M}"
        times[f"closes_{each.weekday}"] = f"{each.closes:%H:%M}"
    return {**lines, "coverage": " ".join(details.coverage), **times}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else _NO_NUMBER


def _hours(values: Mapping[str, str]) -> tuple[Hours, ...]:
    """A day without both times is closed; one that is no time is refused as if it ended before
    it began."""
    days = (
        Hours(day, _time(values[f"opens_{day}"]), _time(values[f"closes_{day}"]))
        for day in range(7)
        if values[f"opens_{day}"] and values[f"closes_{day}"]
    )
    return tuple(days)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return time.min
