"""A mechanic's calendar: the week, minus time off, appointments and holds."""

from datetime import datetime, timedelta
from typing import Final, Self

import attrs

from autodoctor.domain.scheduling.availability import Week
from autodoctor.domain.scheduling.time_off import TimeOff
from autodoctor.domain.shared.ids import CustomerId
from autodoctor.domain.shared.time import Period, aware

HOLD_FOR: Final = timedelta(minutes=15)
"""How long a slot is kept for a customer who is paying for it."""


@attrs.frozen
class Hold:
    """A slot kept for a customer until `expires_at`, and not at that moment any more."""

    period: Period
    customer_id: CustomerId
    expires_at: datetime = attrs.field(validator=aware)

    @classmethod
    def placed(cls, period: Period, *, customer_id: CustomerId, at: datetime) -> Self:
        return cls(period, customer_id, at + HOLD_FOR)

    def keeps_out(self, customer_id: CustomerId | None, *, now: datetime) -> bool:
        return now < self.expires_at and customer_id != self.customer_id


@attrs.frozen(kw_only=True)
class Calendar:
    """What is needed to tell which slots are open. `booked` are the mechanic's appointments."""

    week: Week
    time_off: tuple[TimeOff, ...] = ()
    booked: tuple[Period, ...] = ()
    holds: tuple[Hold, ...] = ()

    @property
    def days_off(self) -> tuple[Period, ...]:
        return tuple(each.period(self.week.zone) for each in self.time_off)

    def taken(self, *, now: datetime, customer_id: CustomerId | None = None) -> tuple[Period, ...]:
        """Booked, or held for somebody other than this customer."""
        held = (each.period for each in self.holds if each.keeps_out(customer_id, now=now))
        return (*self.booked, *held)

    def without(self, appointment: Period) -> Self:
        """As if this one were not booked."""
        return attrs.evolve(self, booked=tuple(each for each in self.booked if each != appointment))
