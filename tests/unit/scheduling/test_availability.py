from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from autodoctor.domain.scheduling.availability import (
    BlockBackwards,
    BlocksOverlap,
    Week,
    Weekday,
    WeeklyBlock,
)
from autodoctor.domain.scheduling.time_off import TimeOff, TimeOffBackwards
from autodoctor.domain.shared.time import Period
from autodoctor.testing.invariants import slots as invariants
from autodoctor.testing.strategies.scheduling import utc_days, weeks

TORONTO = ZoneInfo("America/Toronto")
MONDAY = date(2026, 3, 9)


def block(start: int, end: int, weekday: Weekday = Weekday.MONDAY, active: bool = True):
    return WeeklyBlock(weekday, time(start), time(end), active)


def utc(hour: int, until: int, day: int = 9) -> Period:
    return Period(
        datetime(2026, 3, day, hour, tzinfo=UTC), datetime(2026, 3, day, until, tzinfo=UTC)
    )


def test_a_week_tells_when_a_mechanic_works_on_a_day() -> None:
    week = Week(TORONTO, (block(13, 17), block(9, 12), block(9, 12, Weekday.TUESDAY)))

    assert week.on(MONDAY) == (utc(13, 16), utc(17, 21))
    assert week.on(MONDAY + timedelta(days=1)) == (utc(13, 16, day=10),)
    assert week.on(MONDAY + timedelta(days=2)) == ()


def test_an_inactive_block_counts_for_nothing() -> None:
    week = Week(TORONTO, (block(9, 12, active=False), block(10, 11)))

    assert week.on(MONDAY) == (utc(14, 15),)


def test_blocks_that_touch_are_fine_and_stay_two() -> None:
    first, second = block(9, 12), block(12, 15)

    for blocks in ((first, second), (second, first)):
        assert Week(TORONTO, blocks).on(MONDAY) == (utc(13, 16), utc(16, 19))


@pytest.mark.parametrize("end", [9, 8])
@pytest.mark.parametrize("active", [True, False])
def test_a_block_that_does_not_end_after_it_starts_refuses_the_week(end: int, active: bool) -> None:
    bad = block(9, end, active=active)

    with pytest.raises(BlockBackwards) as refused:
        Week(TORONTO, (block(13, 17), bad))

    assert refused.value.facts == {"number": 2, "block": bad}
    assert f"Monday 09:00–0{end}:00" in str(refused.value)


@pytest.mark.parametrize("hours", [(8, 10), (11, 13), (8, 13), (10, 11), (9, 12)])
def test_a_block_that_overlaps_another_refuses_the_week(hours: tuple[int, int]) -> None:
    first, second = block(9, 12), block(*hours)

    with pytest.raises(BlocksOverlap) as refused:
        Week(TORONTO, (block(20, 21), first, second))

    assert refused.value.facts == {"number": 3, "block": second, "other": first}


def test_blocks_of_two_days_never_overlap() -> None:
    week = Week(TORONTO, (block(9, 12), block(9, 12, Weekday.SUNDAY)))

    assert len(week.blocks) == 2


def test_a_block_backwards_is_refused_before_an_overlap() -> None:
    with pytest.raises(BlockBackwards):
        Week(TORONTO, (block(9, 12), block(9, 12), block(9, 8)))


def test_working_periods_around_a_time_are_whole_and_in_order() -> None:
    week = Week(TORONTO, tuple(block(9, 17, weekday) for weekday in Weekday))

    around = tuple(week.around(Period(utc(20, 21).start, utc(13, 14, day=10).end)))

    assert around == (utc(13, 21), utc(13, 21, day=10))


def test_what_only_touches_is_not_around() -> None:
    week = Week(TORONTO, (block(9, 12),))

    assert tuple(week.around(utc(12, 13))) == ()
    assert tuple(week.around(utc(16, 17))) == ()
    assert tuple(week.around(utc(15, 16))) == (utc(13, 16),)


def test_where_the_clock_goes_back_periods_stay_in_order() -> None:
    autumn = date(2026, 11, 1)
    early = WeeklyBlock(Weekday.SUNDAY, time(1), time(1, 15))
    late = WeeklyBlock(Weekday.SUNDAY, time(1, 30), time(1, 45))

    working = Week(TORONTO, (late, early)).on(autumn)

    assert [f"{period.start:%H:%M}" for period in working] == ["05:00", "05:30", "06:00", "06:30"]


@given(week=weeks(), within=utc_days())
def test_working_periods_never_overlap_and_are_inside_their_blocks(
    week: Week, within: Period
) -> None:
    working = tuple(week.around(within))

    invariants.no_two_overlap(working)
    invariants.each_is_inside_a_block(working, week)
    invariants.each_is_in_utc_once_and_in_order(working)


def test_time_off_lasts_from_midnight_to_midnight_of_its_last_day() -> None:
    off = TimeOff(date(2026, 3, 7), date(2026, 3, 9))

    assert off.period(TORONTO) == Period(
        datetime(2026, 3, 7, 5, tzinfo=UTC), datetime(2026, 3, 10, 4, tzinfo=UTC)
    )


def test_time_off_may_be_one_day() -> None:
    off = TimeOff(MONDAY, MONDAY, "Dentist")

    assert off.period(TORONTO).duration == timedelta(days=1)
    assert off.reason == "Dentist"


def test_time_off_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(TimeOffBackwards) as refused:
        TimeOff(MONDAY, date(2026, 3, 8))

    assert refused.value.facts == {"first": MONDAY, "last": date(2026, 3, 8)}
