"""From the clock on a wall to instants, right on the days when clocks are changed.

When a clock goes forward, the hour it skips does not exist and is in no period. When it goes
back, the hour it repeats exists twice, and both are in: between 1:00 and 3:00 lie three hours.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import attrs

from autodoctor.domain.shared.errors import Invalid
from autodoctor.domain.shared.time import Period

DAY: Final = timedelta(days=1)
SECOND: Final = timedelta(seconds=1)
END_OF_DAY: Final = time(23, 59)
"""As the end of something it means midnight, which a clock cannot show."""


@attrs.frozen
class ZoneUnknown(Invalid):
    """There is no such time zone."""

    name: str


def parse_zone(name: str) -> ZoneInfo:
    """An IANA name such as America/Toronto. Raises ZoneUnknown."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown(name) from None


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of the day, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def instants(day: date, start: time, end: time, zone: ZoneInfo) -> tuple[Period, ...]:
    """When the clock shows a time from start up to end on that day, in UTC and in order.

    Mostly one period, as long as it looks; none in a skipped hour; two when the clock leaves
    and enters the times again as it goes back.
    """
    shown_from = datetime.combine(day, start, UTC)
    shown_to = datetime.combine(day, time(), UTC) + DAY
    if end < END_OF_DAY:
        shown_to = datetime.combine(day, end, UTC)
    found: list[Period] = []
    for first, last, offset in _stretches(day, zone):
        opens, closes = max(first, shown_from - offset), min(last, shown_to - offset)
        if opens < closes:
            found.append(Period(opens, closes))
    return _joined(found)


def _stretches(day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime, timedelta]]:
    """(start, end, UTC offset) of the day's parts between changes of the clock."""
    first, last = start_of(day, zone), start_of(day + DAY, zone)
    before, after = _offset(first, zone), _offset(last - SECOND, zone)
    if before == after:
        return [(first, last, before)]
    seconds = range(int((last - first).total_seconds()))
    changed = bisect_left(seconds, 1, key=lambda s: _offset(first + s * SECOND, zone) == after)
    change = first + changed * SECOND
    return [(first, change, before), (change, last, after)]


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None, f"{zone} has no offset at {instant}"
    return offset


def _joined(periods: list[Period]) -> tuple[Period, ...]:
    joined: list[Period] = []
    for period in periods:
        if joined and joined[-1].end == period.start:
            joined[-1] = Period(joined[-1].start, period.end)
        else:
            joined.append(period)
    return tuple(joined)
