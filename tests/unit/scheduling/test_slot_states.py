"""Availability, time off, holds and appointments, changed in any order."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from autodoctor.domain.scheduling.appointments import Appointment, RescheduleTooLate
from autodoctor.domain.scheduling.calendar import Calendar, Hold
from autodoctor.domain.scheduling.slots import SlotTaken, open_slots
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId
from autodoctor.domain.shared.time import Period
from autodoctor.testing.invariants import slots as invariants
from autodoctor.testing.strategies.scheduling import durations, times_off, weeks

CUSTOMERS = [CustomerId(UUID(int=number)) for number in (1, 2, 3)]
START = datetime(2026, 10, 31, 12, tzinfo=UTC)
"""Half a day before the clocks go back in North America."""


class MechanicsDays(RuleBasedStateMachine):
    @initialize(week=weeks())
    def a_mechanic(self, week) -> None:
        self.now = START
        self.calendar = Calendar(week=week)
        self.appointments: list[Appointment] = []

    def open_to(self, customer_id: CustomerId, duration: timedelta) -> tuple[Period, ...]:
        within = Period.lasting(self.now, timedelta(days=3))
        return open_slots(
            self.calendar, within=within, duration=duration, now=self.now, customer_id=customer_id
        )

    def keep(self) -> None:
        booked = tuple(each.period for each in self.appointments)
        self.calendar = attrs.evolve(self.calendar, booked=booked)

    def holds_to(self, periods: list[Period]) -> None:
        """The rules that hold when an appointment is made, whatever changes later."""
        week, off = self.calendar.week, self.calendar.time_off
        invariants.each_is_inside_a_block(periods, week)
        invariants.none_is_on_a_day_off(periods, off, week)
        invariants.each_starts_two_hours_ahead(periods, self.now)

    def make(self, slot: Period, customer_id: CustomerId) -> Appointment:
        made, _ = Appointment.make(
            session_id=SessionId(UUID(int=100 + len(self.appointments))),
            mechanic_id=MechanicId(UUID(int=50)),
            customer_id=customer_id,
            slot=slot,
            calendar=self.calendar,
            now=self.now,
        )
        return made

    @rule(minutes=st.integers(0, 300))
    def wait(self, minutes) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(week=weeks())
    def work_otherwise(self, week) -> None:
        self.calendar = attrs.evolve(self.calendar, week=week)

    @rule(off=times_off())
    def take_time_off(self, off) -> None:
        self.calendar = attrs.evolve(self.calendar, time_off=(*self.calendar.time_off[-1:], off))

    @rule(customer=st.sampled_from(CUSTOMERS), duration=durations(), pick=st.integers(0))
    def hold(self, customer, duration, pick) -> None:
        slots = self.open_to(customer, duration)
        if slots:
            slot = slots[pick % len(slots)]
            hold = Hold.placed(slot, customer_id=customer, at=self.now)
            self.calendar = attrs.evolve(self.calendar, holds=(*self.calendar.holds, hold))

    @rule(customer=st.sampled_from(CUSTOMERS), duration=durations(), pick=st.integers(0))
    def book(self, customer, duration, pick) -> None:
        slots = self.open_to(customer, duration)
        if slots:
            made = self.make(slots[pick % len(slots)], customer)
            self.holds_to([made.period])
            self.appointments.append(made)
            self.keep()

    @rule(customer=st.sampled_from(CUSTOMERS), duration=durations(), minutes=st.integers(0, 4000))
    def book_at_any_time(self, customer, duration, minutes) -> None:
        slot = Period.lasting(self.now + timedelta(minutes=minutes), duration)
        try:
            made = self.make(slot, customer)
        except Refusal:
            return
        self.holds_to([made.period])
        self.appointments.append(made)
        self.keep()

    @precondition(lambda self: self.calendar.holds)
    @rule(pick=st.integers(0))
    def book_what_somebody_else_holds(self, pick) -> None:
        hold = self.calendar.holds[pick % len(self.calendar.holds)]
        others = [each for each in CUSTOMERS if each != hold.customer_id]
        if self.now < hold.expires_at and hold.period in self.open_to(
            hold.customer_id, hold.period.duration
        ):
            with pytest.raises(SlotTaken):
                self.make(hold.period, others[0])

    @precondition(lambda self: self.appointments)
    @rule(customer=st.sampled_from(CUSTOMERS), pick=st.integers(0), which=st.integers(0))
    def move(self, customer, pick, which) -> None:
        index = which % len(self.appointments)
        before = self.appointments[index]
        slots = self.open_to(customer, before.period.duration)
        if not slots:
            return
        start = slots[pick % len(slots)].start
        facts = {"customer_id": customer, "calendar": self.calendar, "now": self.now}
        if self.now > before.period.start - timedelta(hours=2):
            with pytest.raises(RescheduleTooLate):
                before.move(start=start, **facts)
            return
        moved, _ = before.move(start=start, **facts)
        self.holds_to([moved.period])
        assert moved.earlier == (*before.earlier, before.period)
        self.appointments[index] = moved
        self.keep()

    @precondition(lambda self: self.appointments)
    @rule(which=st.integers(0))
    def cancel(self, which) -> None:
        del self.appointments[which % len(self.appointments)]
        self.keep()

    @invariant()
    def no_two_appointments_overlap(self) -> None:
        invariants.no_two_overlap(each.period for each in self.appointments)


TestMechanicsDays = MechanicsDays.TestCase
TestMechanicsDays.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
