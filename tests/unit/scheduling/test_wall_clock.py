from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from autodoctor.domain.scheduling.wall_clock import (
    ZoneUnknown,
    instants,
    parse_zone,
    start_of,
)
from autodoctor.domain.shared.time import Period
from autodoctor.testing.strategies.scheduling import clock_times, days, zones

TORONTO, HAVANA = ZoneInfo("America/Toronto"), ZoneInfo("America/Havana")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)


def utc(day: date, start: str, end: str) -> Period:
    """`end` may be 24:00 and beyond."""
    midnight = datetime.combine(day, time(), UTC)
    hours = [timedelta(hours=int(each[:2]), minutes=int(each[3:])) for each in (start, end)]
    return Period(midnight + hours[0], midnight + hours[1])


def shown(day: date, start: time, end: time, zone: ZoneInfo = TORONTO) -> tuple[Period, ...]:
    return instants(day, start, end, zone)


def test_on_most_days_a_clock_shows_each_time_once() -> None:
    assert shown(date(2026, 3, 9), time(9), time(17)) == (utc(date(2026, 3, 9), "13:00", "21:00"),)


def test_23_59_as_the_end_means_midnight() -> None:
    assert shown(date(2026, 3, 9), time(20), time(23, 59)) == (
        utc(date(2026, 3, 10), "00:00", "04:00"),
    )
    assert shown(date(2026, 3, 9), time(20), time(23, 58)) == (
        utc(date(2026, 3, 10), "00:00", "03:58"),
    )


def test_in_spring_the_skipped_hour_takes_no_time() -> None:
    assert shown(SPRING, time(1), time(4)) == (utc(SPRING, "06:00", "08:00"),)


def test_times_within_the_skipped_hour_do_not_exist() -> None:
    assert shown(SPRING, time(2), time(3)) == ()
    assert shown(SPRING, time(2, 15), time(2, 45)) == ()


def test_times_from_within_the_skipped_hour_begin_after_it() -> None:
    assert shown(SPRING, time(2, 30), time(5)) == (utc(SPRING, "07:00", "09:00"),)


def test_times_up_to_within_the_skipped_hour_end_before_it() -> None:
    assert shown(SPRING, time(1), time(2, 30)) == (utc(SPRING, "06:00", "07:00"),)


def test_in_autumn_the_repeated_hour_counts_twice() -> None:
    assert shown(AUTUMN, time(0), time(3)) == (utc(AUTUMN, "04:00", "08:00"),)
    assert shown(AUTUMN, time(1), time(2)) == (utc(AUTUMN, "05:00", "07:00"),)


def test_times_the_clock_leaves_and_enters_again_are_two_periods() -> None:
    assert shown(AUTUMN, time(1, 15), time(1, 45)) == (
        utc(AUTUMN, "05:15", "05:45"),
        utc(AUTUMN, "06:15", "06:45"),
    )


def test_a_day_may_begin_after_the_hour_it_skips() -> None:
    assert start_of(SPRING, HAVANA) == datetime(2026, 3, 8, 5, tzinfo=UTC)
    assert shown(SPRING, time(0), time(2), HAVANA) == (utc(SPRING, "05:00", "06:00"),)


def test_a_day_may_begin_with_the_hour_it_repeats() -> None:
    autumn = date(2024, 11, 3)

    assert start_of(autumn, HAVANA) == datetime(2024, 11, 3, 4, tzinfo=UTC)
    assert shown(autumn, time(0), time(1), HAVANA) == (utc(autumn, "04:00", "06:00"),)


def test_a_change_by_half_an_hour_is_half_an_hour() -> None:
    lord_howe = ZoneInfo("Australia/Lord_Howe")

    assert shown(date(2026, 4, 5), time(1), time(3), lord_howe)[0].duration == timedelta(hours=2.5)
    assert shown(date(2026, 10, 4), time(1), time(3), lord_howe)[0].duration == timedelta(hours=1.5)


def test_a_day_that_a_country_skips_has_no_times() -> None:
    assert shown(date(2011, 12, 30), time(0), time(23, 59), ZoneInfo("Pacific/Apia")) == ()


@given(day=days(), start=clock_times(), end=clock_times(), zone=zones())
def test_an_instant_is_in_exactly_when_the_clock_shows_such_a_time(
    day: date, start: time, end: time, zone: ZoneInfo
) -> None:
    periods = instants(day, start, end, zone)

    midnight = datetime.combine(day, time(), UTC)
    for minutes in range(-15 * 60, 39 * 60, 5):
        instant = midnight + timedelta(minutes=minutes)
        clock = instant.astimezone(zone)
        expected = (
            clock.date() == day
            and start <= clock.time()
            and (clock.time() < end or end == time(23, 59))
        )
        assert any(instant in period for period in periods) == expected


def test_a_zone_is_read_from_its_name() -> None:
    assert parse_zone("America/Toronto").key == "America/Toronto"


@pytest.mark.parametrize("name", ["", "Toronto", "America", "../etc/passwd", "/etc/passwd", "a\0b"])
def test_a_name_that_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ZoneUnknown) as refused:
        parse_zone(name)

    assert refused.value.name == name
