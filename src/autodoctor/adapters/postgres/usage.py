"""What companies use, counted in PostgreSQL."""

from typing import Any, Final

import attrs
from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, union_all

from autodoctor.adapters.postgres.tables.booking import checkouts, intakes
from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.corporate.limits import Use
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import AccountId, DepartmentId, IntakeId, OrganizationId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.shared.time import Period
from autodoctor.ports.usage import CAME_TO_NOTHING

_PAYING: Final = (CheckoutStatus.OPEN, CheckoutStatus.PAID)

COUNTS: Final = ~or_(
    sessions.c.status.in_(sorted(CAME_TO_NOTHING)),
    and_(sessions.c.status == SessionStatus.ARCHIVED, sessions.c.started_at.is_(None)),
)
"""Whether a session counts for limits."""


@attrs.frozen
class PostgresUsage:
    _connection: Connection

    def of_employee(
        self,
        organization_id: OrganizationId,
        account_id: AccountId,
        month: Period,
        /,
        *,
        but: IntakeId | None = None,
    ) -> Use:
        theirs = (intakes.c.organization_id == organization_id) & (
            intakes.c.customer_id == account_id
        )
        return self._count(theirs, month, but)

    def of_department(
        self, department_id: DepartmentId, month: Period, /, *, but: IntakeId | None = None
    ) -> Use:
        return self._count(intakes.c.department_id == department_id, month, but)

    def _count(self, whose: ColumnElement[bool], month: Period, but: IntakeId | None) -> Use:
        bookings = whose if but is None else whose & (intakes.c.id != but)
        booked = union_all(_sessions(bookings, month), _being_paid(bookings, month)).subquery()
        total = select(func.count(), func.coalesce(func.sum(booked.c.price_minor), 0))
        count, spent = self._connection.execute(total.select_from(booked)).one()
        return Use(count, Money(int(spent)))


def _sessions(bookings: ColumnElement[bool], month: Period) -> Select[Any]:
    return (
        select(sessions.c.price_minor)
        .join_from(sessions, intakes, intakes.c.id == sessions.c.intake_id)
        .where(bookings, COUNTS, sessions.c.organization_id.is_not(None))
        .where(sessions.c.created_at >= month.start, sessions.c.created_at < month.end)
    )


def _being_paid(bookings: ColumnElement[bool], month: Period) -> Select[Any]:
    return (
        select(checkouts.c.price_minor)
        .join_from(checkouts, intakes, intakes.c.id == checkouts.c.intake_id)
        .where(bookings, checkouts.c.status.in_(_PAYING), intakes.c.session_id.is_(None))
        .where(checkouts.c.created_at >= month.start, checkouts.c.created_at < month.end)
    )
