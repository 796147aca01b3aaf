"""The slots a customer can book.

A slot starts on the half hours of the mechanic's clock, at least 2 hours from now; the whole
plan fits into one of the mechanic's blocks, on no day off, and over no appointment or hold.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from autodoctor.domain.scheduling.calendar import Calendar
from autodoctor.domain.shared.errors import Conflict, Invalid
from autodoctor.domain.shared.ids import CustomerId
from autodoctor.domain.shared.time import Period

GRID_MINUTES: Final = 30
GRID: Final = timedelta(minutes=GRID_MINUTES)
NOTICE: Final = timedelta(hours=2)


@attrs.frozen
class SlotTooSoon(Conflict):
    """An appointment is made at least 2 hours ahead."""

    earliest: datetime


@attrs.frozen
class SlotOffGrid(Invalid):
    """An appointment starts on the hour or the half hour of the mechanic's clock."""

    start: datetime


@attrs.frozen
class SlotOutsideHours(Conflict):
    """The mechanic does not work for the whole of that time."""

    slot: Period


@attrs.frozen
class SlotOnTimeOff(Conflict):
    """The mechanic is off that day."""

    slot: Period


@attrs.frozen
class SlotTaken(Conflict):
    """Somebody else has that time."""

    slot: Period


def open_slots(
    calendar: Calendar,
    *,
    within: Period,
    duration: timedelta,
    now: datetime,
    customer_id: CustomerId | None = None,
) -> tuple[Period, ...]:
    """Every open slot that starts in the period, in UTC and in order.

    A customer's own holds do not count against them.
    """
    earliest = _earliest(now)
    closed = (*calendar.days_off, *calendar.taken(now=now, customer_id=customer_id))
    return tuple(
        slot
        for working in calendar.week.around(within)
        for slot in _fitting(working, duration, calendar.week.zone)
        if slot.start in within
        and slot.start >= earliest
        and not any(slot.overlaps(each) for each in closed)
    )


def check_open(
    slot: Period, calendar: Calendar, *, now: datetime, customer_id: CustomerId | None = None
) -> None:
    """The same rules for one slot.

    Raises SlotTooSoon, SlotOffGrid, SlotOutsideHours, SlotOnTimeOff, SlotTaken, in this order.
    """
    earliest = _earliest(now)
    if slot.start < earliest:
        raise SlotTooSoon(earliest)
    if _past_grid(slot.start, calendar.week.zone):
        raise SlotOffGrid(slot.start)
    if not any(working.covers(slot) for working in calendar.week.around(slot)):
        raise SlotOutsideHours(slot)
    if any(slot.overlaps(day) for day in calendar.days_off):
        raise SlotOnTimeOff(slot)
    if any(slot.overlaps(each) for each in calendar.taken(now=now, customer_id=customer_id)):
        raise SlotTaken(slot)


def _earliest(now: datetime) -> datetime:
    return now.astimezone(UTC) + NOTICE


def _fitting(working: Period, duration: timedelta, zone: ZoneInfo) -> Iterator[Period]:
    past = _past_grid(working.start, zone)
    start = working.start + (GRID - past if past else past)
    while start + duration <= working.end:
        yield Period.lasting(start, duration)
        start += GRID


def _past_grid(instant: datetime, zone: ZoneInfo) -> timedelta:
    """How far the clock is past the half hour. Offsets change by whole half hours only, so
    steps on the grid stay on it."""
    shown = instant.astimezone(zone)
    return timedelta(
        minutes=shown.minute % GRID_MINUTES, seconds=shown.second, microseconds=shown.microsecond
    )
