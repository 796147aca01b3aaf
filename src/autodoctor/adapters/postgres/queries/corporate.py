"""Lists of companies and what is on their dashboards, from PostgreSQL."""

from typing import Any

import attrs
from sqlalchemy import ColumnElement, Engine, RowMapping, bindparam, func, or_, select, true

from autodoctor.adapters.postgres.tables.corporate import departments, employees, organizations
from autodoctor.adapters.postgres.tables.plans import plans
from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.adapters.postgres.tables.vetting import applications
from autodoctor.domain.corporate.employee import EmployeeStatus
from autodoctor.domain.corporate.organization import BusinessType
from autodoctor.domain.corporate.tier import Tier
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import OrganizationId
from autodoctor.domain.shared.time import Period
from autodoctor.domain.vetting.application import OPEN, ApplicationStatus
from autodoctor.ports.corporate_queries import (
    UNUSED,
    CompaniesShown,
    CompanyBooking,
    CompanyFilter,
    CompanyPage,
    CompanyRow,
    MonthView,
)

_TAKEN = (
    select(func.count())
    .select_from(employees)
    .where(
        employees.c.organization_id == organizations.c.id,
        employees.c.status == EmployeeStatus.ACTIVE,
    )
    .scalar_subquery()
)
_SHOWN: dict[CompaniesShown, ColumnElement[bool]] = {
    CompaniesShown.ALL: true(),
    CompaniesShown.APPLYING: applications.c.status.in_(sorted(OPEN)),
    CompaniesShown.OPEN: organizations.c.approved & organizations.c.suspended_at.is_(None),
    CompaniesShown.SUSPENDED: organizations.c.suspended_at.is_not(None),
    CompaniesShown.REJECTED: applications.c.status == ApplicationStatus.REJECTED,
}
_FOUND_IN = (organizations.c.name, organizations.c.contact_name, organizations.c.email)
_LISTED = select(
    organizations.c.id,
    organizations.c.name,
    organizations.c.business_type,
    organizations.c.contact_name,
    organizations.c.email,
    organizations.c.tier,
    organizations.c.agreed_seats,
    _TAKEN.label("seats_taken"),
    organizations.c.approved,
    organizations.c.suspended_at,
    applications.c.id.label("application_id"),
    applications.c.status,
    applications.c.submitted_at,
    func.count().over().label("total"),
).join_from(
    organizations, applications, applications.c.subject_id == organizations.c.id, isouter=True
)
_HANDED_IN = applications.c.status.is_distinct_from(ApplicationStatus.DRAFT)
_WAITING_FIRST = (
    applications.c.status.in_(sorted(OPEN)).is_not(True),
    applications.c.submitted_at,
    organizations.c.name,
    organizations.c.id,
)
_BOOKED = (
    sessions.c.organization_id == bindparam("organization_id"),
    sessions.c.created_at >= bindparam("start"),
    sessions.c.created_at < bindparam("end"),
    sessions.c.status.not_in(sorted(UNUSED)),
)
_BY_PLAN = (
    select(plans.c.name, func.count().label("sessions"))
    .join_from(sessions, plans, plans.c.slug == sessions.c.plan)
    .where(*_BOOKED)
    .group_by(plans.c.name)
    .order_by(func.count().desc(), plans.c.name)
)
_LATEST = (
    select(
        sessions.c.id.label("session_id"),
        sessions.c.created_at.label("booked_at"),
        plans.c.name.label("plan"),
        sessions.c.status,
        func.coalesce(employees.c.name, "").label("employee"),
        func.coalesce(departments.c.name, "").label("department"),
    )
    .join_from(sessions, plans, plans.c.slug == sessions.c.plan)
    .join(
        employees,
        (employees.c.organization_id == sessions.c.organization_id)
        & (employees.c.account_id == sessions.c.customer_id),
        isouter=True,
    )
    .join(departments, departments.c.id == employees.c.department_id, isouter=True)
    .where(*_BOOKED)
    .order_by(sessions.c.created_at.desc(), sessions.c.id)
    .limit(bindparam("most"))
)


@attrs.frozen
class PostgresCorporateQueries:
    _engine: Engine

    def listed(self, which: CompanyFilter, /) -> CompanyPage:
        matching = _LISTED.where(_SHOWN[which.shown], _HANDED_IN)
        if which.tier is not None:
            matching = matching.where(organizations.c.tier == which.tier)
        if which.text:
            found = (each.icontains(which.text, autoescape=True) for each in _FOUND_IN)
            matching = matching.where(or_(*found))
        first = (which.page - 1) * which.page_size
        page = matching.order_by(*_WAITING_FIRST).limit(which.page_size).offset(first)
        with self._engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(page).mappings()]
        total = max((row.pop("total") for row in rows), default=0)
        return CompanyPage(rows=tuple(map(_row, rows)), total=total)

    def month(self, organization_id: OrganizationId, during: Period, /, *, most: int) -> MonthView:
        given = {"organization_id": organization_id, "start": during.start, "end": during.end}
        with self._engine.connect() as connection:
            by_plan = tuple((row.name, row.sessions) for row in connection.execute(_BY_PLAN, given))
            latest = connection.execute(_LATEST, given | {"most": most}).mappings()
            return MonthView(
                sessions=sum(count for _, count in by_plan),
                by_plan=by_plan,
                latest=tuple(map(_booking, latest)),
            )


def _row(values: dict[str, Any]) -> CompanyRow:
    tier, agreed = Tier(values["tier"]), values.pop("agreed_seats")
    typed = {
        "tier": tier,
        "seats": tier.seats if agreed is None else agreed,
        "business_type": BusinessType(values["business_type"]),
        "status": values["status"] and ApplicationStatus(values["status"]),
    }
    return CompanyRow(**(values | typed))


def _booking(row: RowMapping) -> CompanyBooking:
    return CompanyBooking(**{**row, "status": SessionStatus(row["status"])})
