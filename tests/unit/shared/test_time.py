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
    with pytest.raises(AssertionError, match="start needs a time zone"):
        Period(NOON.replace(tzinfo=None), NOON)
    with pytest.raises(AssertionError, match="end needs a time zone"):
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
