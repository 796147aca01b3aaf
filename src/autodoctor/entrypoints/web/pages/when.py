"""Times as people read them: in their own zone, in Canada's English."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import attrs
from babel.dates import format_date, format_time, format_timedelta

from autodoctor.entrypoints.web.formats import LOCALE

OFFSETS_FOR: Final = timedelta(days=14)
"""Longer than a page stays open."""
DEFAULT_ZONE: Final = "America/Toronto"


@attrs.frozen(slots=False)
class When:
    """Tells instants to somebody in `zone_name` who looks at them at `now`."""

    zone_name: str
    now: datetime

    @cached_property
    def zone(self) -> ZoneInfo:
        """A name that this machine does not know is told in the default zone."""
        try:
            return ZoneInfo(self.zone_name)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo(DEFAULT_ZONE)

    def clock(self, at: datetime) -> str:
        """2:47 p.m."""
        return str(format_time(at, "short", tzinfo=self.zone, locale=LOCALE))

    def day(self, at: datetime) -> str:
        """Today, yesterday, tomorrow, 12 March, 12 March 2025."""
        day, today = at.astimezone(self.zone).date(), self.now.astimezone(self.zone).date()
        near = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}.get((day - today).days)
        if near:
            return near
        pattern = "d MMMM" if day.year == today.year else "d MMMM y"
        return str(format_date(day, pattern, locale=LOCALE))

    def moment(self, at: datetime) -> str:
        """Today, 2:47 p.m."""
        return f"{self.day(at)}, {self.clock(at)}"

    def within(self, at: datetime) -> str:
        """A moment within a sentence: today, 2:47 p.m."""
        told = self.moment(at)
        return told[0].lower() + told[1:]

    def offsets(self) -> str:
        """How far the zone is from UTC from now on, for a script: instants in seconds and minutes
        east of UTC, as in "1772454600:-300 1772953200:-240". A browser has time zones of its own,
        which may be older than ours; the same instant would be told in two ways."""
        hours = range(int(OFFSETS_FOR / timedelta(hours=1)) + 1)
        begin = self.now.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
        known = [(at, self._east(at)) for at in (begin + timedelta(hours=n) for n in hours)]
        turns = [later for earlier, later in pairwise(known) if later[1] != earlier[1]]
        return " ".join(f"{int(at.timestamp())}:{east}" for at, east in (known[0], *turns))

    def _east(self, at: datetime) -> int:
        offset = at.astimezone(self.zone).utcoffset()
        assert offset is not None, "it has a zone"
        return int(offset / timedelta(minutes=1))

    def ago(self, at: datetime) -> str:
        """5 minutes ago; for what lies ahead, in 5 minutes."""
        gap = at - self.now
        if abs(gap) < timedelta(minutes=1):
            return "just now"
        return str(format_timedelta(gap, add_direction=True, threshold=0.9, locale=LOCALE))
