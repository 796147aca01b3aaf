from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from autodoctor.domain.scheduling.appointments import (
    Appointment,
    AppointmentMade,
    AppointmentMoved,
    RescheduleTooLate,
)
from autodoctor.domain.scheduling.availability import Week, Weekday, WeeklyBlock
from autodoctor.domain.scheduling.calendar import Calendar, Hold
from autodoctor.domain.scheduling.slots import SlotOutsideHours, SlotTaken, SlotTooSoon
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId
from autodoctor.domain.shared.time import Period

NOW = datetime(2026, 3, 9, 0, tzinfo=UTC)
HOUR, MOMENT = timedelta(hours=1), timedelta(microseconds=1)
SESSION, MECHANIC = SessionId(UUID(int=1)), MechanicId(UUID(int=2))
ME, SOMEBODY = CustomerId(UUID(int=3)), CustomerId(UUID(int=4))
WEEK = Week(ZoneInfo("UTC"), tuple(WeeklyBlock(day, time(9), time(17)) for day in Weekday))
FREE = Calendar(week=WEEK)


def at(hour: int, hours: int = 1) -> Period:
    return Period.lasting(NOW + hour * HOUR, hours * HOUR)


AT_TEN = at(10)


def make(slot: Period = AT_TEN, calendar: Calendar = FREE):
    return Appointment.make(
        session_id=SESSION,
        mechanic_id=MECHANIC,
        customer_id=ME,
        slot=slot,
        calendar=calendar,
        now=NOW,
    )


def move(appointment: Appointment, hour: int, *, calendar: Calendar = FREE, now: datetime = NOW):
    return appointment.move(start=NOW + hour * HOUR, customer_id=ME, calendar=calendar, now=now)


def test_an_appointment_is_made_in_an_open_slot() -> None:
    made, told = make()

    assert made == Appointment(session_id=SESSION, mechanic_id=MECHANIC, period=at(10))
    assert made.earlier == ()
    assert told == (AppointmentMade(session_id=SESSION, mechanic_id=MECHANIC, period=at(10)),)


def test_an_appointment_is_kept_in_utc() -> None:
    toronto = ZoneInfo("America/Toronto")
    slot = Period(at(10).start.astimezone(toronto), at(10).end.astimezone(toronto))

    made, _ = make(slot)

    assert made.period == at(10)
    assert made.period.start.tzinfo is UTC


def test_an_appointment_is_not_made_over_another() -> None:
    with pytest.raises(SlotTaken):
        make(at(10), Calendar(week=WEEK, booked=(at(9, hours=2),)))


def test_an_appointment_is_made_over_the_customers_own_hold_alone() -> None:
    mine = Hold.placed(at(10), customer_id=ME, at=NOW)
    theirs = Hold.placed(at(10), customer_id=SOMEBODY, at=NOW)

    made, _ = make(calendar=Calendar(week=WEEK, holds=(mine,)))

    assert made.period == at(10)
    with pytest.raises(SlotTaken):
        make(calendar=Calendar(week=WEEK, holds=(theirs,)))


def test_a_moved_appointment_is_as_long_as_before_and_remembers_when_it_was() -> None:
    made, _ = make(at(10, hours=2))

    moved, told = move(made, 13)
    again, _ = move(moved, 15)

    assert moved.period == at(13, hours=2)
    assert told == (
        AppointmentMoved(
            session_id=SESSION,
            mechanic_id=MECHANIC,
            before=at(10, hours=2),
            after=at(13, hours=2),
        ),
    )
    assert again.earlier == (at(10, hours=2), at(13, hours=2))
    assert moved.period.start.tzinfo is UTC


def test_an_appointment_may_move_to_where_it_overlaps_itself() -> None:
    made, _ = make(at(10, hours=2))

    moved, _ = move(made, 11, calendar=Calendar(week=WEEK, booked=(made.period,)))

    assert moved.period == at(11, hours=2)


def test_an_appointment_does_not_move_onto_another() -> None:
    made, _ = make()

    with pytest.raises(SlotTaken):
        move(made, 13, calendar=Calendar(week=WEEK, booked=(made.period, at(13))))


def test_an_appointment_moves_over_the_customers_own_hold() -> None:
    made, _ = make()
    hold = Hold.placed(at(13), customer_id=ME, at=NOW)

    moved, _ = move(made, 13, calendar=Calendar(week=WEEK, holds=(hold,)))

    assert moved.period == at(13)


def test_an_appointment_does_not_move_out_of_the_hours_or_too_near() -> None:
    made, _ = make()

    with pytest.raises(SlotOutsideHours):
        move(made, 17)
    with pytest.raises(SlotTooSoon):
        move(made, 9, now=NOW + 8 * HOUR)


def test_an_appointment_can_be_moved_until_two_hours_before() -> None:
    made, _ = make()

    moved, _ = move(made, 13, now=NOW + 8 * HOUR)

    assert moved.period == at(13)
    with pytest.raises(RescheduleTooLate) as refused:
        move(made, 13, now=NOW + 8 * HOUR + MOMENT)
    assert refused.value.deadline == NOW + 8 * HOUR


def test_too_late_is_said_before_anything_about_the_slot() -> None:
    made, _ = make()

    with pytest.raises(RescheduleTooLate):
        move(made, 20, now=NOW + 9 * HOUR)


def test_moving_an_appointment_to_where_it_is_changes_nothing() -> None:
    made, _ = make()

    assert move(made, 10, now=NOW + 9 * HOUR) == (made, ())
