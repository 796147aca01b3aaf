"""What companies use, counted in memory."""

from collections.abc import Callable, Iterator

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.corporate.limits import Use
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import AccountId, DepartmentId, IntakeId, OrganizationId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.shared.time import Period
from autodoctor.ports.usage import CAME_TO_NOTHING

Whose = Callable[[Intake], bool]


def counts(session: Session) -> bool:
    """Whether it counts for limits."""
    never = session.status is SessionStatus.ARCHIVED and session.started_at is None
    return session.status not in CAME_TO_NOTHING and not never


@attrs.frozen
class MemoryUsage:
    _tables: Tables

    def of_employee(
        self,
        organization_id: OrganizationId,
        account_id: AccountId,
        month: Period,
        /,
        *,
        but: IntakeId | None = None,
    ) -> Use:
        def theirs(intake: Intake) -> bool:
            same = intake.organization_id == organization_id
            return same and intake.customer_id == account_id

        return self._count(theirs, month, but)

    def of_department(
        self, department_id: DepartmentId, month: Period, /, *, but: IntakeId | None = None
    ) -> Use:
        return self._count(lambda intake: intake.department_id == department_id, month, but)

    def _count(self, whose: Whose, month: Period, but: IntakeId | None) -> Use:
        def bookings(intake: Intake) -> bool:
            return whose(intake) and intake.id != but

        booked = [*self._sessions(bookings, month), *self._being_paid(bookings, month)]
        return Use(len(booked), sum(booked, Money.zero()))

    def _sessions(self, bookings: Whose, month: Period) -> Iterator[Money]:
        for session in self._tables.sessions.values():
            linked = session.organization_id is not None and session.created_at in month
            if linked and counts(session) and bookings(self._tables.intakes[session.intake_id]):
                yield session.terms.price

    def _being_paid(self, bookings: Whose, month: Period) -> Iterator[Money]:
        for checkout in self._tables.checkouts.values():
            intake = self._tables.intakes[checkout.intake_id]
            paying = checkout.status in (CheckoutStatus.OPEN, CheckoutStatus.PAID)
            open_ = paying and intake.session_id is None and checkout.created_at in month
            if open_ and bookings(intake):
                yield checkout.price
