from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from autodoctor.domain.shared.time import Period, PeriodBackwards

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def period(start: int, end: int) -> Period:
    """Minutes after noon."""
    return Period(NOON + start * MINUTE, NOON + end * MINUTE)


def test_a_period_has_its_start_and_not_its_end() -> None:
    assert NOON in period(0, 30)
    assert NOON + 29 * MINUTE in period(0, 30)
    assert NOON + 30 * MINUTE not in period(0, 30)
    assert NOON - MINUTE not in period(0, 30)


def test_a_period_is_kept_in_utc_wherever_its_times_are_from() -> None:
    there = NOON.astimezone(ZoneInfo("America/Toronto"))

    made = Period(there, there + MINUTE)

    assert made == period(0, 1)
    assert made.start.tzinfo is made.end.tzinfo is UTC


def test_a_period_is_also_made_from_its_duration() -> None:
    made = Period.lasting(NOON, 45 * MINUTE)

    assert made == period(0, 45)
    assert made.duration == 45 * MINUTE


@pytest.mark.parametrize("end", [0, -1])
def test_a_period_that_does_not_end_after_it_starts_is_refused(end: int) -> None:
    with pytest.raises(PeriodBackwards) as refused:
        period(0, end)

    assert refused.value.facts == {"start": NOON, "end": NOON + end * MINUTE}


def test_a_naive_time_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError, match="need a time zone"):
        Period(NOON.replace(tzinfo=None), NOON)
    with pytest.raises(AssertionError, match="need a time zone"):
        Period(NOON, NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("other", "overlaps", "covered"),
    [
        ((0, 30), True, True),
        ((10, 20), True, True),
        ((-10, 1), True, False),
        ((29, 40), True, False),
        ((-10, 40), True, False),
        ((-10, 0), False, False),
        ((30, 40), False, False),
    ],
)
def test_periods_that_only_touch_do_not_overlap(
    other: tuple[int, int], overlaps: bool, covered: bool
) -> None:
    assert period(0, 30).overlaps(period(*other)) is overlaps
    assert period(*other).overlaps(period(0, 30)) is overlaps
    assert period(0, 30).covers(period(*other)) is covered


def test_a_duration_counts_real_time_on_a_daylight_saving_day() -> None:
    toronto = ZoneInfo("America/Toronto")
    spring = Period(
        datetime(2026, 3, 8, 1, tzinfo=toronto), datetime(2026, 3, 8, 4, tzinfo=toronto)
    )

    assert spring.duration == timedelta(hours=2)


def test_periods_sort_by_start_and_then_by_end() -> None:
    assert sorted([period(5, 9), period(0, 9), period(0, 8)]) == [
        period(0, 8),
        period(0, 9),
        period(5, 9),
    ]


TORONTO = ZoneInfo("America/Toronto")
FIRST_HALF_PAST_ONE = datetime(2026, 11, 1, 1, 30, tzinfo=TORONTO)
SECOND_HALF_PAST_ONE = FIRST_HALF_PAST_ONE.replace(fold=1)


def test_the_repeated_hour_of_autumn_is_an_hour_long() -> None:
    hour = Period(FIRST_HALF_PAST_ONE, SECOND_HALF_PAST_ONE)

    assert hour.duration == timedelta(hours=1)
    assert hour == Period.lasting(FIRST_HALF_PAST_ONE, timedelta(hours=1))


def test_a_time_is_in_the_repeated_hour_that_is_meant() -> None:
    second = Period.lasting(SECOND_HALF_PAST_ONE, 20 * MINUTE)

    assert SECOND_HALF_PAST_ONE in second
    assert FIRST_HALF_PAST_ONE not in second
    assert not second.overlaps(Period.lasting(FIRST_HALF_PAST_ONE, 60 * MINUTE))


def test_backwards_in_the_repeated_hour_is_refused_though_the_clock_goes_on() -> None:
    with pytest.raises(PeriodBackwards):
        Period(SECOND_HALF_PAST_ONE, FIRST_HALF_PAST_ONE.replace(minute=45))


def test_a_period_is_kept_in_utc() -> None:
    made = Period.lasting(datetime(2026, 7, 1, 9, tzinfo=TORONTO), 30 * MINUTE)

    assert (made.start.tzinfo, made.end.tzinfo) == (UTC, UTC)
    assert made.start == datetime(2026, 7, 1, 13, tzinfo=UTC)
