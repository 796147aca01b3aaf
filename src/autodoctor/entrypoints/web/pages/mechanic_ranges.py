"""Ranges of time to add earnings up over: whole days of the mechanic's own calendar."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

import attrs

from autodoctor.domain.scheduling.wall_clock import start_of
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.pages.forms import attempt

DAY = timedelta(days=1)
YEARS_FROM, YEARS_TO = 2020, 2100


class Span(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    CUSTOM = "custom"


@attrs.frozen
class Range:
    """From the first day through the last one."""

    span: Span
    first: date
    last: date

    @classmethod
    def around(cls, span: Span, day: date) -> Self:
        """The day, week (from Monday), month or year that `day` is in."""
        first = _first(span, day)
        return cls(span, first, _following(span, first) - DAY)

    @property
    def before(self) -> Self:
        """As long, and ending where this one begins."""
        if self.span is Span.CUSTOM:
            return attrs.evolve(
                self, first=self.first - (self.last - self.first + DAY), last=self.first - DAY
            )
        return type(self).around(self.span, self.first - DAY)

    @property
    def after(self) -> Self:
        if self.span is Span.CUSTOM:
            return attrs.evolve(
                self, first=self.last + DAY, last=self.last + (self.last - self.first + DAY)
            )
        return type(self).around(self.span, self.last + DAY)

    def since(self, zone: ZoneInfo) -> datetime:
        return start_of(self.first, zone)

    def until(self, zone: ZoneInfo) -> datetime:
        """The first instant that is not in it any more."""
        return start_of(self.last + DAY, zone)


def _first(span: Span, day: date) -> date:
    match span:
        case Span.WEEK:
            return day - timedelta(days=day.weekday())
        case Span.MONTH:
            return day.replace(day=1)
        case Span.YEAR:
            return day.replace(month=1, day=1)
        case _:
            return day


def _following(span: Span, first: date) -> date:
    """The first day of the next one."""
    match span:
        case Span.WEEK:
            return first + timedelta(days=7)
        case Span.MONTH:
            return (first + timedelta(days=31)).replace(day=1)
        case Span.YEAR:
            return first.replace(year=first.year + 1)
        case _:
            return first + DAY


@attrs.frozen
class Asked:
    """What an address asks for. With an error, of `field`, the range is today's alone; `first`
    and `last` are as they were typed."""

    range: Range
    first: str
    last: str
    field: str = ""
    error: str = ""


def asked_for(asked: Mapping[str, str], *, today: date) -> Asked:
    found = attempt(lambda: range_of(asked, today=today), InvalidField)
    if isinstance(found, Range):
        return Asked(found, found.first.isoformat(), found.last.isoformat())
    alone = Range(Span.CUSTOM, today, today)
    first, last = asked.get("from", ""), asked.get("to", "")
    return Asked(alone, first, last, found.field, found.reason)


def range_of(asked: Mapping[str, str], *, today: date) -> Range:
    """What an address asks for: `range` and a day `on`, or `from` and `to` for a custom one.
    Without any, this week. Raises InvalidField."""
    span = _span(asked.get("range", ""))
    if span is not Span.CUSTOM:
        return Range.around(span, _day(asked.get("on", ""), "on", today))
    first, last = _day(asked.get("from", ""), "from", today), _day(asked.get("to", ""), "to", today)
    if last < first:
        raise InvalidField("to", "The last day comes after the first.")
    return Range(span, first, last)


def _span(text: str) -> Span:
    return Span(text) if text in set(Span) else Span.WEEK


def _day(text: str, field: str, today: date) -> date:
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InvalidField(field, "Enter a date.") from None
    if not YEARS_FROM <= day.year <= YEARS_TO:
        raise InvalidField(field, f"Enter a date from {YEARS_FROM} to {YEARS_TO}.")
    return day
