from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autodoctor.domain.scheduling.availability import Week, Weekday, WeeklyBlock
from autodoctor.domain.scheduling.calendar import Calendar, Hold
from autodoctor.domain.scheduling.slots import (
    SlotOffGrid,
    SlotOnTimeOff,
    SlotOutsideHours,
    SlotTaken,
    SlotTooSoon,
    check_open,
    open_slots,
)
from autodoctor.domain.scheduling.time_off import TimeOff
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import CustomerId
from autodoctor.domain.shared.time import Period
from autodoctor.testing.invariants import slots as invariants
from autodoctor.testing.strategies.scheduling import durations, times_off, utc_days, weeks

TORONTO = ZoneInfo("America/Toronto")
MINUTE, HOUR, HALF_HOUR = timedelta(minutes=1), timedelta(hours=1), timedelta(minutes=30)
LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
MONDAY, SPRING, AUTUMN = date(2026, 3, 9), date(2026, 3, 8), date(2026, 11, 1)
ME, SOMEBODY = CustomerId(UUID(int=1)), CustomerId(UUID(int=2))


def local(day: date, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    at = datetime.combine(day, time(hour, minute), TORONTO).replace(fold=fold)
    return at.astimezone(UTC)


def lasting(start: datetime, minutes: int) -> Period:
    return Period.lasting(start, minutes * MINUTE)


def calendar(*blocks: tuple[time, time], **facts) -> Calendar:
    """The same blocks every day."""
    week = tuple(WeeklyBlock(day, start, end) for day in Weekday for start, end in blocks)
    return Calendar(week=Week(TORONTO, week), **facts)


MORNINGS = calendar((time(9), time(12)))


def starts(of: Calendar, day: date, minutes: int = 60, now: datetime = LONG_BEFORE, **facts):
    """What the mechanic's clock shows at the starts of the day's open slots."""
    within = Period(local(day, 0), local(day + timedelta(days=1), 0))
    slots = open_slots(of, within=within, duration=minutes * MINUTE, now=now, **facts)
    assert all(slot.duration == minutes * MINUTE for slot in slots)
    return [f"{slot.start.astimezone(TORONTO):%H:%M}" for slot in slots]


def test_slots_start_on_half_hours_and_the_whole_plan_fits() -> None:
    assert starts(MORNINGS, MONDAY) == ["09:00", "09:30", "10:00", "10:30", "11:00"]
    assert starts(MORNINGS, MONDAY, minutes=45)[-1] == "11:00"
    assert starts(MORNINGS, MONDAY, minutes=30)[-1] == "11:30"
    assert starts(MORNINGS, MONDAY, minutes=180) == ["09:00"]
    assert starts(MORNINGS, MONDAY, minutes=181) == []


def test_a_block_off_the_grid_begins_with_the_next_half_hour() -> None:
    odd = calendar((time(9, 10), time(10, 35)))

    assert starts(odd, MONDAY, minutes=30) == ["09:30", "10:00"]
    assert starts(odd, MONDAY, minutes=60) == ["09:30"]


def test_a_slot_does_not_reach_over_two_blocks() -> None:
    touching = calendar((time(9), time(10)), (time(10), time(11)))

    assert starts(touching, MONDAY) == ["09:00", "10:00"]


def test_a_block_until_midnight_has_a_last_slot_before_it() -> None:
    late = calendar((time(23), time(23, 59)))

    assert starts(late, MONDAY, minutes=30) == ["23:00", "23:30"]


def test_slots_start_in_the_period_asked_for_even_if_they_end_after_it() -> None:
    within = Period(local(MONDAY, 10), local(MONDAY, 11))

    slots = open_slots(MORNINGS, within=within, duration=HOUR, now=LONG_BEFORE)

    assert slots == (lasting(local(MONDAY, 10), 60), lasting(local(MONDAY, 10, 30), 60))


def test_the_period_asked_for_may_be_on_the_customers_clock() -> None:
    vancouver = ZoneInfo("America/Vancouver")
    within = Period(
        datetime(2026, 3, 9, 7, tzinfo=vancouver), datetime(2026, 3, 9, 7, 30, tzinfo=vancouver)
    )

    slots = open_slots(MORNINGS, within=within, duration=HOUR, now=LONG_BEFORE)

    assert slots == (lasting(local(MONDAY, 10), 60),)
    assert slots[0].start.tzinfo is UTC


def test_a_slot_is_at_least_two_hours_ahead() -> None:
    at_seven = local(MONDAY, 7)

    assert starts(MORNINGS, MONDAY, now=at_seven)[0] == "09:00"
    assert starts(MORNINGS, MONDAY, now=at_seven + MINUTE)[0] == "09:30"


def test_two_hours_are_two_hours_when_the_clock_changes() -> None:
    nights = calendar((time(0), time(6)))

    before = datetime.combine(SPRING, time(1), TORONTO)

    assert starts(nights, SPRING, now=before)[0] == "04:00"


def test_days_off_have_no_slots() -> None:
    off = calendar((time(9), time(12)), time_off=(TimeOff(SPRING, MONDAY),))

    assert starts(off, SPRING) == starts(off, MONDAY) == []
    assert starts(off, MONDAY + timedelta(days=1))[0] == "09:00"


def test_booked_times_are_not_open_and_their_neighbours_are() -> None:
    booked = calendar((time(9), time(12)), booked=(lasting(local(MONDAY, 10), 45),))

    assert starts(booked, MONDAY, minutes=60) == ["09:00", "11:00"]
    assert starts(booked, MONDAY, minutes=30) == ["09:00", "09:30", "11:00", "11:30"]


def test_a_hold_keeps_others_out_for_15_minutes() -> None:
    placed = local(MONDAY, 6)
    hold = Hold.placed(lasting(local(MONDAY, 10), 60), customer_id=ME, at=placed)
    held = calendar((time(9), time(12)), holds=(hold,))

    during = starts(held, MONDAY, now=placed + 15 * MINUTE - MINUTE, customer_id=SOMEBODY)
    nobody = starts(held, MONDAY, now=placed)
    mine = starts(held, MONDAY, now=placed, customer_id=ME)
    after = starts(held, MONDAY, now=placed + 15 * MINUTE, customer_id=SOMEBODY)

    assert during == nobody == ["09:00", "11:00"]
    assert mine == after == ["09:00", "09:30", "10:00", "10:30", "11:00"]


def test_in_spring_there_is_no_slot_in_the_hour_that_is_skipped() -> None:
    nights = calendar((time(0), time(5)))

    assert starts(nights, SPRING) == ["00:00", "00:30", "01:00", "01:30", "03:00", "03:30", "04:00"]


def test_in_autumn_the_repeated_hour_has_slots_twice() -> None:
    nights = calendar((time(0), time(3)))

    within = Period(local(AUTUMN, 0), local(AUTUMN, 12))
    slots = open_slots(nights, within=within, duration=HOUR, now=LONG_BEFORE)

    assert starts(nights, AUTUMN) == [
        "00:00",
        "00:30",
        "01:00",
        "01:30",
        "01:00",
        "01:30",
        "02:00",
    ]
    assert len({slot.start for slot in slots}) == 7


def test_booking_one_of_two_slots_that_look_the_same_leaves_the_other() -> None:
    second = lasting(local(AUTUMN, 1, 0, fold=1), 30)
    nights = calendar((time(1), time(2)), booked=(second,))

    within = Period(local(AUTUMN, 0), local(AUTUMN, 12))
    slots = open_slots(nights, within=within, duration=HALF_HOUR, now=LONG_BEFORE)

    assert [slot.start for slot in slots] == [
        local(AUTUMN, 1, 0),
        local(AUTUMN, 1, 30),
        local(AUTUMN, 1, 30, fold=1),
    ]


def test_an_open_slot_passes_the_check() -> None:
    check_open(lasting(local(MONDAY, 9), 60), MORNINGS, now=local(MONDAY, 7))


def test_a_slot_too_soon_is_refused() -> None:
    with pytest.raises(SlotTooSoon) as refused:
        check_open(lasting(local(MONDAY, 9), 60), MORNINGS, now=local(MONDAY, 7) + MINUTE)

    assert refused.value.earliest == local(MONDAY, 9) + MINUTE


@pytest.mark.parametrize("off", [MINUTE, timedelta(seconds=1), timedelta(microseconds=1), -MINUTE])
def test_a_slot_off_the_grid_is_refused(off: timedelta) -> None:
    start = local(MONDAY, 10) + off

    with pytest.raises(SlotOffGrid) as refused:
        check_open(Period.lasting(start, HOUR), MORNINGS, now=LONG_BEFORE)

    assert refused.value.start == start


@pytest.mark.parametrize(("hour", "minute"), [(8, 30), (11, 30), (12, 0), (20, 0)])
def test_a_slot_outside_the_hours_is_refused(hour: int, minute: int) -> None:
    slot = lasting(local(MONDAY, hour, minute), 60)

    with pytest.raises(SlotOutsideHours) as refused:
        check_open(slot, MORNINGS, now=LONG_BEFORE)

    assert refused.value.slot == slot


def test_a_slot_on_a_day_off_is_refused() -> None:
    off = calendar((time(9), time(12)), time_off=(TimeOff(MONDAY, MONDAY),))
    slot = lasting(local(MONDAY, 9), 60)

    with pytest.raises(SlotOnTimeOff) as refused:
        check_open(slot, off, now=LONG_BEFORE)

    assert refused.value.slot == slot


@pytest.mark.parametrize("minutes", [-60, -30, 30, 45])
def test_a_slot_that_overlaps_an_appointment_is_refused(minutes: int) -> None:
    booked = calendar((time(9), time(12)), booked=(lasting(local(MONDAY, 10), 60),))
    slot = lasting(local(MONDAY, 10), 60)
    other = Period.lasting(local(MONDAY, 10) + minutes // 30 * HALF_HOUR, 90 * MINUTE)

    with pytest.raises(SlotTaken):
        check_open(slot, booked, now=LONG_BEFORE)
    with pytest.raises(SlotTaken) as refused:
        check_open(other, booked, now=LONG_BEFORE)

    assert refused.value.slot == other


def test_the_customers_own_hold_is_no_obstacle() -> None:
    slot = lasting(local(MONDAY, 10), 60)
    hold = Hold.placed(slot, customer_id=ME, at=local(MONDAY, 6))
    held = calendar((time(9), time(12)), holds=(hold,))

    check_open(slot, held, now=local(MONDAY, 6), customer_id=ME)

    with pytest.raises(SlotTaken):
        check_open(slot, held, now=local(MONDAY, 6), customer_id=SOMEBODY)
    with pytest.raises(SlotTaken):
        check_open(slot, held, now=local(MONDAY, 6))


def test_refusals_come_in_their_order() -> None:
    slot = lasting(local(MONDAY, 10), 60)
    off = TimeOff(MONDAY, MONDAY)
    everything = calendar((time(9), time(12)), booked=(slot,), time_off=(off,))
    at = local(MONDAY, 10)

    with pytest.raises(SlotTooSoon):
        check_open(lasting(local(MONDAY, 20, 5), 60), everything, now=local(MONDAY, 20))
    with pytest.raises(SlotOffGrid):
        check_open(lasting(local(MONDAY, 20, 5), 60), everything, now=at)
    with pytest.raises(SlotOutsideHours):
        check_open(lasting(local(MONDAY, 20), 60), everything, now=at)
    with pytest.raises(SlotOnTimeOff):
        check_open(slot, everything, now=LONG_BEFORE)


@settings(deadline=None)
@given(
    week=weeks(),
    within=utc_days(),
    duration=durations(),
    off=st.lists(times_off(), max_size=2),
    ahead=st.integers(-24, 48),
    picks=st.lists(st.integers(0, 47), max_size=5),
)
def test_whatever_the_calendar_open_slots_keep_every_rule(
    week: Week, within: Period, duration: timedelta, off, ahead: int, picks: list[int]
) -> None:
    booked = tuple(Period.lasting(within.start + pick * HALF_HOUR, duration) for pick in picks)
    cal = Calendar(week=week, time_off=tuple(off), booked=booked)
    now = within.start - ahead * HOUR

    slots = open_slots(cal, within=within, duration=duration, now=now)

    invariants.each_is_in_utc_once_and_in_order(slots)
    invariants.each_is_inside_a_block(slots, week)
    invariants.each_starts_on_the_half_hour(slots, week)
    invariants.none_is_on_a_day_off(slots, off, week)
    invariants.none_overlaps(slots, booked)
    invariants.each_starts_two_hours_ahead(slots, now)
    assert all(slot.start in within and slot.duration == duration for slot in slots)


@settings(deadline=None)
@given(week=weeks(), within=utc_days(), duration=durations(), off=st.lists(times_off(), max_size=2))
def test_a_slot_is_open_exactly_when_its_check_passes(
    week: Week, within: Period, duration: timedelta, off
) -> None:
    cal = Calendar(week=week, time_off=tuple(off))
    now = within.start + 3 * HOUR

    slots = open_slots(cal, within=within, duration=duration, now=now)

    starts = (within.start + minutes * MINUTE for minutes in range(0, 24 * 60, 15))
    candidates = [Period.lasting(start, duration) for start in starts]
    assert list(slots) == [slot for slot in candidates if passes(slot, cal, now)]


def passes(slot: Period, cal: Calendar, now: datetime) -> bool:
    try:
        check_open(slot, cal, now=now)
    except Refusal:
        return False
    return True
