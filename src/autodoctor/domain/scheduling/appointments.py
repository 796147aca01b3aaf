"""An appointment of a customer's session with a mechanic, made and moved."""

from datetime import datetime, timedelta
from typing import Final, Self

import attrs

from autodoctor.domain.scheduling.calendar import Calendar
from autodoctor.domain.scheduling.slots import check_open
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId
from autodoctor.domain.shared.time import Period

MOVABLE_UNTIL: Final = timedelta(hours=2)


@attrs.frozen
class RescheduleTooLate(Conflict):
    """An appointment can be moved until 2 hours before it starts."""

    deadline: datetime


@attrs.frozen(kw_only=True)
class AppointmentMade(Event):
    session_id: SessionId
    mechanic_id: MechanicId
    period: Period


@attrs.frozen(kw_only=True)
class AppointmentMoved(Event):
    session_id: SessionId
    mechanic_id: MechanicId
    before: Period
    after: Period


@attrs.frozen(kw_only=True)
class Appointment:
    """`period` is in UTC; `earlier` are the times it had before, oldest first."""

    session_id: SessionId
    mechanic_id: MechanicId
    period: Period
    earlier: tuple[Period, ...] = ()

    @classmethod
    def make(
        cls,
        *,
        session_id: SessionId,
        mechanic_id: MechanicId,
        customer_id: CustomerId,
        slot: Period,
        calendar: Calendar,
        now: datetime,
    ) -> tuple[Self, tuple[Event, ...]]:
        """Raises what `check_open` raises; the customer's own hold is no obstacle."""
        check_open(slot, calendar, now=now, customer_id=customer_id)
        made = cls(session_id=session_id, mechanic_id=mechanic_id, period=slot)
        told = AppointmentMade(session_id=session_id, mechanic_id=mechanic_id, period=slot)
        return made, (told,)

    def move(
        self, *, start: datetime, customer_id: CustomerId, calendar: Calendar, now: datetime
    ) -> tuple[Self, tuple[Event, ...]]:
        """To another start, as long as before. Moving it to where it is changes nothing.

        Raises RescheduleTooLate, then what `check_open` raises. The calendar may or may not
        have this appointment among the booked.
        """
        after = Period.lasting(start, self.period.duration)
        if after == self.period:
            return self, ()
        deadline = self.period.start - MOVABLE_UNTIL
        if now > deadline:
            raise RescheduleTooLate(deadline)
        check_open(after, calendar.without(self.period), now=now, customer_id=customer_id)
        told = AppointmentMoved(
            session_id=self.session_id,
            mechanic_id=self.mechanic_id,
            before=self.period,
            after=after,
        )
        return attrs.evolve(self, period=after, earlier=(*self.earlier, self.period)), (told,)
