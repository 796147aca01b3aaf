"""Availability, time off, holds and appointments of one mechanic, changed in any order.

`MechanicsDays` is run as it is, in memory; to keep the appointments in a database, subclass it
and override `keep`, `put_away` and `booked`.
"""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from autodoctor.domain.scheduling.appointments import Appointment, RescheduleTooLate
from autodoctor.domain.scheduling.availability import Week
from autodoctor.domain.scheduling.calendar import Calendar, Hold
from autodoctor.domain.scheduling.slots import SlotTaken, open_slots
from autodoctor.domain.scheduling.time_off import TimeOff
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId
from autodoctor.domain.shared.time import Period
from autodoctor.testing.invariants import slots as invariants
from autodoctor.testing.machines.refusing import is_refused
from autodoctor.testing.strategies.scheduling import durations, times_off, weeks

CUSTOMERS: Final = tuple(CustomerId(UUID(int=number)) for number in (1, 2, 3))
MECHANIC: Final = MechanicId(UUID(int=50))
START: Final = datetime(2026, 10, 31, 12, tzinfo=UTC)
"""Half a day before the clocks go back in North America."""


class MechanicsDays(RuleBasedStateMachine):
    @initialize(week=weeks())
    def a_mechanic(self, week: Week) -> None:
        self.now = START
        self.week, self.time_off = week, tuple[TimeOff, ...]()
        self.holds = tuple[Hold, ...]()
        self.appointments: list[Appointment] = []

    def new_id(self) -> SessionId:
        """Override it where sessions of different runs meet."""
        return SessionId(UUID(int=100 + len(self.appointments)))

    def booked(self) -> tuple[Period, ...]:
        return tuple(each.period for each in self.appointments)

    def keep(self, appointment: Appointment, *, new: bool) -> None:
        """Made, or moved: in memory there is nothing to do."""

    def put_away(self, appointment: Appointment) -> None:
        """Called off."""

    @property
    def calendar(self) -> Calendar:
        return Calendar(
            week=self.week, time_off=self.time_off, booked=self.booked(), holds=self.holds
        )

    def open_to(self, customer_id: CustomerId, duration: timedelta) -> tuple[Period, ...]:
        within = Period.lasting(self.now, timedelta(days=3))
        return open_slots(
            self.calendar, within=within, duration=duration, now=self.now, customer_id=customer_id
        )

    def holds_to(self, period: Period) -> None:
        """The rules that hold when an appointment is made, whatever changes later."""
        invariants.each_is_inside_a_block([period], self.week)
        invariants.none_is_on_a_day_off([period], self.time_off, self.week)
        invariants.each_starts_two_hours_ahead([period], self.now)

    def make(self, slot: Period, customer_id: CustomerId) -> Appointment:
        made, _ = Appointment.make(
            session_id=self.new_id(),
            mechanic_id=MECHANIC,
            customer_id=customer_id,
            slot=slot,
            calendar=self.calendar,
            now=self.now,
        )
        return made

    def make_and_keep(self, slot: Period, customer_id: CustomerId) -> None:
        made = self.make(slot, customer_id)
        self.holds_to(made.period)
        self.keep(made, new=True)
        self.appointments.append(made)

    @rule(minutes=st.integers(0, 300))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(week=weeks())
    def work_otherwise(self, week: Week) -> None:
        self.week = week

    @rule(off=times_off())
    def take_time_off(self, off: TimeOff) -> None:
        self.time_off = (*self.time_off[-1:], off)

    @rule(customer=st.sampled_from(CUSTOMERS), duration=durations(), pick=st.integers(0))
    def hold(self, customer: CustomerId, duration: timedelta, pick: int) -> None:
        slots = self.open_to(customer, duration)
        if slots:
            slot = slots[pick % len(slots)]
            self.holds = (*self.holds, Hold.placed(slot, customer_id=customer, at=self.now))

    @rule(customer=st.sampled_from(CUSTOMERS), duration=durations(), pick=st.integers(0))
    def book(self, customer: CustomerId, duration: timedelta, pick: int) -> None:
        slots = self.open_to(customer, duration)
        if slots:
            self.make_and_keep(slots[pick % len(slots)], customer)

    @rule(customer=st.sampled_from(CUSTOMERS), duration=durations(), minutes=st.integers(0, 4000))
    def book_at_any_time(self, customer: CustomerId, duration: timedelta, minutes: int) -> None:
        slot = Period.lasting(self.now + timedelta(minutes=minutes), duration)
        try:
            self.make_and_keep(slot, customer)
        except Refusal:
            return

    @precondition(lambda self: self.holds)
    @rule(pick=st.integers(0))
    def book_what_somebody_else_holds(self, pick: int) -> None:
        hold = self.holds[pick % len(self.holds)]
        other = next(each for each in CUSTOMERS if each != hold.customer_id)
        if self.now < hold.expires_at and hold.period in self.open_to(
            hold.customer_id, hold.period.duration
        ):
            is_refused(lambda: self.make(hold.period, other), SlotTaken)

    @precondition(lambda self: self.appointments)
    @rule(customer=st.sampled_from(CUSTOMERS), pick=st.integers(0), which=st.integers(0))
    def move(self, customer: CustomerId, pick: int, which: int) -> None:
        index = which % len(self.appointments)
        before = self.appointments[index]
        slots = self.open_to(customer, before.period.duration)
        if not slots:
            return
        start = slots[pick % len(slots)].start
        if self.now > before.period.start - timedelta(hours=2):
            is_refused(lambda: self.moved(before, start, customer), RescheduleTooLate)
            return
        moved = self.moved(before, start, customer)
        self.holds_to(moved.period)
        assert moved.earlier == (*before.earlier, before.period)
        self.keep(moved, new=False)
        self.appointments[index] = moved

    def moved(self, before: Appointment, start: datetime, customer_id: CustomerId) -> Appointment:
        moved, _ = before.move(
            start=start, customer_id=customer_id, calendar=self.calendar, now=self.now
        )
        return moved

    @precondition(lambda self: self.appointments)
    @rule(which=st.integers(0))
    def cancel(self, which: int) -> None:
        self.put_away(self.appointments.pop(which % len(self.appointments)))

    @invariant()
    def no_two_appointments_overlap(self) -> None:
        invariants.no_two_overlap(self.booked())
        made = sorted(each.period for each in self.appointments)
        assert sorted(self.booked()) == made, "what is booked is not what was made"
