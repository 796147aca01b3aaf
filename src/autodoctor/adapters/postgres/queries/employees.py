"""A company's list of its people, from PostgreSQL: those employed and those invited."""

from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    DateTime,
    Engine,
    RowMapping,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.corporate import departments, employees
from autodoctor.adapters.postgres.tables.enrolments import enrolments
from autodoctor.adapters.postgres.tables.vetting import invitations
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.ids import OrganizationId
from autodoctor.ports.employee_queries import (
    EmployeeFilter,
    EmployeePage,
    EmployeeRow,
    EmployeeShown,
)


@attrs.frozen
class PostgresEmployeeQueries:
    _engine: Engine

    def listed(
        self, organization_id: OrganizationId, which: EmployeeFilter, /, *, at: datetime
    ) -> EmployeePage:
        everybody = _everybody(organization_id, at).subquery()
        found = (
            select(everybody, func.coalesce(departments.c.name, "").label("department"))
            .outerjoin(departments, departments.c.id == everybody.c.department_id)
            .where(*_asked(everybody.c, which))
        )
        total = select(func.count()).select_from(found.subquery())
        page = found.order_by(func.lower(everybody.c.called), everybody.c.email).limit(
            which.page_size
        )
        with self._engine.connect() as connection:
            rows = connection.execute(page.offset((which.page - 1) * which.page_size)).mappings()
            return EmployeePage(
                rows=tuple(map(_row, rows)), total=connection.execute(total).scalar_one()
            )


def _everybody(organization_id: OrganizationId, at: datetime) -> CompoundSelect[Any]:
    employed = (
        select(
            employees.c.id,
            employees.c.status,
            accounts.c.email,
            employees.c.since,
            cast(null(), DateTime(timezone=True)).label("until"),
            *_said(employees.c),
            employees.c.name.label("called"),
        )
        .join_from(employees, accounts, accounts.c.id == employees.c.account_id)
        .where(employees.c.organization_id == organization_id)
        .where(accounts.c.standing != Standing.CLOSED)
    )
    expected = (
        select(
            enrolments.c.id,
            literal(EmployeeShown.INVITED.value),
            invitations.c.email,
            invitations.c.created_at,
            invitations.c.expires_at,
            *_said(enrolments.c),
            func.coalesce(func.nullif(enrolments.c.name, ""), invitations.c.email),
        )
        .join_from(enrolments, invitations, invitations.c.id == enrolments.c.id)
        .where(enrolments.c.organization_id == organization_id, invitations.c.expires_at > at)
        .where(invitations.c.accepted_at.is_(None), invitations.c.revoked_at.is_(None))
    )
    return union_all(employed, expected)


def _said(of: Any) -> tuple[ColumnElement[Any], ...]:
    return of.name, of.number, of.role, of.department_id, of.monthly_sessions_max


def _asked(of: Any, which: EmployeeFilter) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if which.search:
        texts = (of.name, of.email, of.number)
        asked.append(or_(*(text.icontains(which.search, autoescape=True) for text in texts)))
    if which.department_id is not None:
        asked.append(of.department_id == which.department_id)
    if which.status is not None:
        asked.append(of.status == which.status.value)
    return asked


def _row(row: RowMapping) -> EmployeeRow:
    values = dict(row)
    del values["called"]
    return EmployeeRow(**{**values, "status": EmployeeShown(values["status"])})
