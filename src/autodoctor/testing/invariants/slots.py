"""What is true of every slot offered and every appointment made.

These look at the mechanic's clock minute by minute and know nothing of how slots are found.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from autodoctor.domain.scheduling.availability import Week, WeeklyBlock
from autodoctor.domain.scheduling.time_off import TimeOff
from autodoctor.domain.shared.time import Period

MINUTE = timedelta(minutes=1)


def no_two_overlap(periods: Iterable[Period]) -> None:
    ordered = sorted(periods)
    for before, after in pairwise(ordered):
        assert before.end <= after.start, f"{before} overlaps {after}"


def each_is_inside_a_block(periods: Iterable[Period], week: Week) -> None:
    """The clock shows a time of one and the same block from its start to its end."""
    for period in periods:
        shown = [minute.astimezone(week.zone) for minute in _minutes(period)]
        assert any(all(_shows(block, each) for each in shown) for block in week.blocks), (
            f"{period} is in no block of {week}"
        )


def each_starts_on_the_half_hour(periods: Iterable[Period], week: Week) -> None:
    for period in periods:
        shown = period.start.astimezone(week.zone)
        assert (shown.minute % 30, shown.second, shown.microsecond) == (0, 0, 0), f"{shown}"


def none_is_on_a_day_off(
    periods: Iterable[Period], times_off: Sequence[TimeOff], week: Week
) -> None:
    for period in periods:
        for minute in _minutes(period):
            day = minute.astimezone(week.zone).date()
            assert not any(each.first <= day <= each.last for each in times_off), f"{period}"


def none_overlaps(periods: Iterable[Period], taken: Sequence[Period]) -> None:
    for period in periods:
        for minute in _minutes(period):
            assert not any(minute in each for each in taken), f"{period} is taken"


def each_starts_two_hours_ahead(periods: Iterable[Period], now: datetime) -> None:
    for period in periods:
        assert period.start - now >= timedelta(hours=2), f"{period} at {now}"


def each_is_in_utc_once_and_in_order(periods: Sequence[Period]) -> None:
    assert all(period.start.tzinfo is UTC and period.end.tzinfo is UTC for period in periods)
    starts = [period.start for period in periods]
    assert starts == sorted(set(starts)), f"{starts}"


def _shows(block: WeeklyBlock, shown: datetime) -> bool:
    at = shown.time()
    in_time = block.start <= at and (at < block.end or block.end == time(23, 59))
    return block.active and block.weekday == shown.weekday() and in_time


def _minutes(period: Period) -> Iterable[datetime]:
    minute = period.start
    while minute < period.end:
        yield minute
        minute += MINUTE
