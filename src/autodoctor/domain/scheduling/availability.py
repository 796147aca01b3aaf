"""A mechanic's working week: blocks of local time, set all at once."""

from collections.abc import Iterator
from datetime import date, time
from enum import IntEnum
from zoneinfo import ZoneInfo

import attrs

from autodoctor.domain.scheduling.wall_clock import DAY, instants
from autodoctor.domain.shared.errors import Invalid
from autodoctor.domain.shared.time import Period


class Weekday(IntEnum):
    """As `date.weekday()` counts."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@attrs.frozen
class WeeklyBlock:
    """Local times, every week; 23:59 as the end means midnight. Inactive ones are kept for
    later and count for nothing. A shift through the night is two blocks."""

    weekday: Weekday
    start: time
    end: time
    active: bool = True

    def overlaps(self, other: "WeeklyBlock") -> bool:
        return self.weekday == other.weekday and self.start < other.end and other.start < self.end

    def __str__(self) -> str:
        return f"{self.weekday.name.title()} {self.start:%H:%M}–{self.end:%H:%M}"


@attrs.frozen
class BlockBackwards(Invalid):
    """A block ends after it starts."""

    number: int
    block: WeeklyBlock


@attrs.frozen
class BlocksOverlap(Invalid):
    """Two blocks of a day do not overlap."""

    number: int
    block: WeeklyBlock
    other: WeeklyBlock


@attrs.frozen
class Week:
    """All blocks of a mechanic, on the clock of the mechanic's zone.

    One bad block refuses the whole week: BlockBackwards first, then BlocksOverlap among
    active ones. Either names the first bad block and its number, counted from 1.
    """

    zone: ZoneInfo
    blocks: tuple[WeeklyBlock, ...] = ()

    def __attrs_post_init__(self) -> None:
        for number, block in enumerate(self.blocks, start=1):
            if block.start >= block.end:
                raise BlockBackwards(number, block)
        for number, block in enumerate(self.blocks, start=1):
            for other in self.blocks[: number - 1]:
                if block.active and other.active and block.overlaps(other):
                    raise BlocksOverlap(number, block, other)

    def on(self, day: date) -> tuple[Period, ...]:
        """When the mechanic works that local day, in UTC; a period never joins two blocks."""
        periods = (
            period
            for block in self.blocks
            if block.active and block.weekday == day.weekday()
            for period in instants(day, block.start, block.end, self.zone)
        )
        # Where the clock goes back, an earlier block comes again after a later one.
        return tuple(sorted(periods))

    def around(self, within: Period) -> Iterator[Period]:
        """Every working period that overlaps this one, whole, in UTC and in order."""
        day = within.start.astimezone(self.zone).date() - DAY
        last = within.end.astimezone(self.zone).date() + DAY
        while day <= last:
            yield from (period for period in self.on(day) if period.overlaps(within))
            day += DAY
