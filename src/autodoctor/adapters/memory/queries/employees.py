"""A company's list of its people, over what was committed in memory."""

from collections.abc import Iterator
from datetime import datetime

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.accounts.invitation import InvitationStatus
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.ids import DepartmentId, OrganizationId
from autodoctor.ports.employee_queries import (
    EmployeeFilter,
    EmployeePage,
    EmployeeRow,
    EmployeeShown,
)


@attrs.frozen
class MemoryEmployeeQueries:
    _kept: MemoryTransactions

    def listed(
        self, organization_id: OrganizationId, which: EmployeeFilter, /, *, at: datetime
    ) -> EmployeePage:
        tables = self._kept.tables
        everybody = (*_employed(tables, organization_id), *_expected(tables, organization_id, at))
        found = [row for row in everybody if _asked(row, which)]
        found.sort(key=lambda row: ((row.name or row.email).lower(), row.email))
        first = (which.page - 1) * which.page_size
        return EmployeePage(rows=tuple(found[first : first + which.page_size]), total=len(found))


def _employed(tables: Tables, company: OrganizationId) -> Iterator[EmployeeRow]:
    for each in tables.employees.values():
        account = tables.accounts[each.account_id]
        if each.organization_id == company and account.standing is not Standing.CLOSED:
            yield EmployeeRow(
                id=each.id,
                status=EmployeeShown(each.status),
                name=each.name,
                email=account.email.text,
                number=each.number,
                role=each.role,
                department=_department(tables, each.department_id),
                department_id=each.department_id,
                monthly_sessions_max=each.monthly_sessions_max,
                since=each.since,
                until=None,
            )


def _expected(tables: Tables, company: OrganizationId, at: datetime) -> Iterator[EmployeeRow]:
    for each in tables.enrolments.values():
        invitation = tables.invitations[each.id]
        pending = invitation.status(at=at) is InvitationStatus.PENDING
        if each.organization_id == company and pending:
            yield EmployeeRow(
                id=each.id,
                status=EmployeeShown.INVITED,
                name=each.name,
                email=invitation.email.text,
                number=each.number,
                role=each.role,
                department=_department(tables, each.department_id),
                department_id=each.department_id,
                monthly_sessions_max=each.monthly_sessions_max,
                since=invitation.created_at,
                until=invitation.expires_at,
            )


def _department(tables: Tables, key: DepartmentId | None) -> str:
    return tables.departments[key].name if key else ""


def _asked(row: EmployeeRow, which: EmployeeFilter) -> bool:
    texts = (row.name, row.email, row.number)
    return (
        any(which.search.lower() in text.lower() for text in texts)
        and which.department_id in (None, row.department_id)
        and which.status in (None, row.status)
    )
