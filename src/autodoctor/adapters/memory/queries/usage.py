"""What companies see of the sessions of their people, over what was committed in memory."""

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.adapters.memory.usage import counts
from autodoctor.domain.corporate.limits import Use
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.ids import OrganizationId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.usage import UsageFilter, UsagePage, UsedSession


@attrs.frozen
class MemoryUsageQueries:
    _kept: MemoryTransactions

    def listed(self, organization_id: OrganizationId, which: UsageFilter, /) -> UsagePage:
        tables = self._kept.tables
        found = [
            session
            for session in tables.sessions.values()
            if session.organization_id == organization_id and _shown(tables, session, which)
        ]
        found.sort(key=lambda session: (session.created_at, session.id), reverse=True)
        first = (which.page - 1) * which.page_size
        counted = [session.terms.price for session in found if counts(session)]
        return UsagePage(
            rows=tuple(_row(tables, each) for each in found[first : first + which.page_size]),
            total=len(found),
            use=Use(len(counted), sum(counted, Money.zero())),
        )


def _shown(tables: Tables, session: Session, which: UsageFilter) -> bool:
    intake = tables.intakes[session.intake_id]
    department = which.department_id in (None, intake.department_id)
    return (
        department
        and which.account_id in (None, session.customer_id)
        and session.created_at in which.month
    )


def _row(tables: Tables, session: Session) -> UsedSession:
    intake = tables.intakes[session.intake_id]
    employee = next(
        each
        for each in tables.employees.values()
        if each.account_id == session.customer_id
        and each.organization_id == session.organization_id
    )
    department = tables.departments[intake.department_id] if intake.department_id else None
    return UsedSession(
        id=session.id,
        booked_at=session.created_at,
        employee=employee.name,
        number=employee.number,
        department=department.name if department else "",
        plan=tables.plans[session.terms.plan].name,
        price=session.terms.price,
        category=intake.category,
        status=session.status,
        counts=counts(session),
    )
