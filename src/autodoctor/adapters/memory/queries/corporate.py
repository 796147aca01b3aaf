"""Lists of companies and what is on their dashboards, over what was committed in memory."""

from collections import Counter
from datetime import UTC, datetime

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.corporate.employee import Employee
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.sessions.session import Session
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

_NEVER = datetime.max.replace(tzinfo=UTC)


@attrs.frozen
class MemoryCorporateQueries:
    _kept: MemoryTransactions

    @property
    def _tables(self) -> Tables:
        return self._kept.tables

    def listed(self, which: CompanyFilter, /) -> CompanyPage:
        every = map(self._row, self._tables.organizations.values())
        rows = (row for row in every if row.status is not ApplicationStatus.DRAFT)
        ordered = sorted((row for row in rows if _fits(row, which)), key=_waiting_first)
        first = (which.page - 1) * which.page_size
        page = tuple(ordered[first : first + which.page_size])
        return CompanyPage(rows=page, total=len(ordered) if page else 0)

    def _row(self, company: Organization) -> CompanyRow:
        applications = self._tables.applications.values()
        application = next((each for each in applications if each.subject_id == company.id), None)
        people = self._tables.employees.values()
        return CompanyRow(
            id=company.id,
            name=company.name,
            business_type=company.business_type,
            contact_name=company.profile.contact_name,
            email=company.profile.email,
            tier=company.tier,
            seats=company.seats,
            seats_taken=sum(e.organization_id == company.id and e.active for e in people),
            approved=company.approved,
            suspended_at=company.suspended_at,
            application_id=application.id if application else None,
            status=application.status if application else None,
            submitted_at=application.submitted_at if application else None,
        )

    def month(self, organization_id: OrganizationId, during: Period, /, *, most: int) -> MonthView:
        booked = [
            each
            for each in self._tables.sessions.values()
            if each.organization_id == organization_id
            and each.created_at in during
            and each.status not in UNUSED
        ]
        plans = Counter(self._plan(each) for each in booked)
        newest = sorted(booked, key=lambda each: (-each.created_at.timestamp(), each.id))
        return MonthView(
            sessions=len(booked),
            by_plan=tuple(sorted(plans.items(), key=lambda each: (-each[1], each[0]))),
            latest=tuple(map(self._booking, newest[:most])),
        )

    def _plan(self, session: Session) -> str:
        return self._tables.plans[session.terms.plan].name

    def _booking(self, session: Session) -> CompanyBooking:
        employee = self._employee(session)
        key = employee.department_id if employee else None
        return CompanyBooking(
            session_id=session.id,
            booked_at=session.created_at,
            plan=self._plan(session),
            status=session.status,
            employee=employee.name if employee else "",
            department=self._tables.departments[key].name if key else "",
        )

    def _employee(self, session: Session) -> Employee | None:
        for each in self._tables.employees.values():
            own = each.organization_id == session.organization_id
            if own and each.account_id == session.customer_id:
                return each
        return None


def _fits(row: CompanyRow, which: CompanyFilter) -> bool:
    wanted, told = which.text.lower(), (row.name, row.contact_name, row.email)
    tier = which.tier is None or row.tier is which.tier
    return tier and _shown(row, which.shown) and any(wanted in each.lower() for each in told)


def _shown(row: CompanyRow, shown: CompaniesShown) -> bool:
    match shown:
        case CompaniesShown.ALL:
            return True
        case CompaniesShown.APPLYING:
            return row.status in OPEN
        case CompaniesShown.OPEN:
            return row.approved and row.suspended_at is None
        case CompaniesShown.SUSPENDED:
            return row.suspended_at is not None
        case CompaniesShown.REJECTED:
            return row.status is ApplicationStatus.REJECTED


def _waiting_first(row: CompanyRow) -> tuple[bool, datetime, str, OrganizationId]:
    return (row.status not in OPEN, row.submitted_at or _NEVER, row.name, row.id)
