"""Days on which a mechanic does not work."""

from datetime import date
from zoneinfo import ZoneInfo

import attrs

from autodoctor.domain.scheduling.wall_clock import DAY, start_of
from autodoctor.domain.shared.errors import Invalid
from autodoctor.domain.shared.time import Period


@attrs.frozen
class TimeOffBackwards(Invalid):
    """Time off does not end before it starts."""

    first: date
    last: date


@attrs.frozen
class TimeOff:
    """Whole local days from the first to the last, both included."""

    first: date
    last: date
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise TimeOffBackwards(self.first, self.last)

    def period(self, zone: ZoneInfo) -> Period:
        """From midnight to midnight on the clock of the zone, in UTC."""
        return Period(start_of(self.first, zone), start_of(self.last + DAY, zone))
