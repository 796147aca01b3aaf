"""Zones, working weeks, time off and calendars, with the days of clock changes preferred."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from autodoctor.domain.scheduling.availability import Week, Weekday, WeeklyBlock
from autodoctor.domain.scheduling.time_off import TimeOff
from autodoctor.domain.shared.time import Period

ZONES = [
    "America/Toronto",
    "America/Vancouver",
    "America/St_Johns",
    "America/Regina",
    "America/Havana",
    "Europe/London",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "UTC",
]
"""Changes at 2:00, at midnight, by half an hour, and none; offsets of quarter hours."""

CLOCK_CHANGES = [
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 4, 24),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 10, 29),
    date(2026, 11, 1),
]
DURATIONS_MINUTES = [5, 10, 30, 45, 60]
"""Those of the plans."""


def zones() -> st.SearchStrategy[ZoneInfo]:
    return st.sampled_from(ZONES).map(ZoneInfo)


def days() -> st.SearchStrategy[date]:
    return st.sampled_from(CLOCK_CHANGES) | st.dates(date(2026, 1, 1), date(2026, 12, 31))


def clock_times() -> st.SearchStrategy[time]:
    """To the minute, half hours preferred."""
    minutes = st.integers(0, 47).map(lambda half: half * 30) | st.integers(0, 24 * 60 - 1)
    return minutes.map(lambda minute: time(minute // 60, minute % 60))


@st.composite
def weeks(draw: st.DrawFn, *, blocks_max: int = 3) -> Week:
    """Up to so many blocks a day, none of which overlap; some are inactive."""
    blocks = []
    for weekday in Weekday:
        times = draw(st.lists(clock_times(), unique=True, max_size=2 * blocks_max).map(sorted))
        for start, end in zip(times[::2], times[1::2], strict=False):
            active = draw(st.integers(0, 4)) > 0
            blocks.append(WeeklyBlock(weekday, start, end, active))
    return Week(draw(zones()), tuple(blocks))


def times_off() -> st.SearchStrategy[TimeOff]:
    return st.builds(
        lambda first, more: TimeOff(first, first + timedelta(days=more)),
        days(),
        st.integers(0, 9),
    )


def durations() -> st.SearchStrategy[timedelta]:
    return st.sampled_from(DURATIONS_MINUTES).map(lambda minutes: timedelta(minutes=minutes))


def utc_days() -> st.SearchStrategy[Period]:
    """A day from midnight to midnight in UTC."""
    return days().map(
        lambda day: Period.lasting(datetime.combine(day, time(), UTC), timedelta(days=1))
    )
