"""Companies, their departments and their employees in PostgreSQL."""

from collections.abc import Mapping
from typing import Any

import attrs
from sqlalchemy import RowMapping, bindparam, delete, func, select
from sqlalchemy.exc import IntegrityError

from autodoctor.adapters.postgres.booking import plain
from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore, constraint
from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.corporate import (
    DEPARTMENT_NAME,
    EMPLOYEE_DEPARTMENT,
    EMPLOYEE_NUMBER,
    ONE_ACTIVE,
    ONE_IN_COMPANY,
    departments,
    employees,
    organizations,
)
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.corporate.department import (
    Department,
    DepartmentNameTaken,
    DepartmentNotEmpty,
)
from autodoctor.domain.corporate.employee import (
    EmployedAlready,
    EmployedElsewhere,
    Employee,
    EmployeeNumberTaken,
    EmployeeRole,
    EmployeeStatus,
)
from autodoctor.domain.corporate.organization import BusinessType, Organization, Profile
from autodoctor.domain.corporate.tier import Agreed, Tier
from autodoctor.domain.shared.ids import AccountId, DepartmentId, OrganizationId
from autodoctor.domain.shared.money import CAD, Currency, Money
from autodoctor.ports.stores import Missing

PROFILE = tuple(field.name for field in attrs.fields(Profile))


def organization_row(organization: Organization) -> Row:
    values = plain(organization)
    told: Profile = values.pop("profile")
    agreed: Agreed | None = values.pop("agreed")
    price = agreed.monthly_price if agreed else None
    return values | {
        **attrs.asdict(told, recurse=False),
        "agreed_seats": agreed.seats if agreed else None,
        "agreed_price_minor": price.minor if price is not None else None,
        "currency": price.currency if price is not None else CAD,
    }


def organization_of(row: RowMapping) -> Organization:
    values = dict(row)
    told = {name: values.pop(name) for name in PROFILE}
    seats, price = values.pop("agreed_seats"), values.pop("agreed_price_minor")
    currency = Currency(values.pop("currency"))
    values["business_type"] = BusinessType(values["business_type"])
    values["tier"] = Tier(values["tier"])
    agreed = None if seats is None else Agreed(seats, Money(price, currency))
    return Organization(profile=Profile(**told), agreed=agreed, **values)


def department_row(department: Department) -> Row:
    values = plain(department)
    budget: Money | None = values.pop("monthly_budget")
    return values | {
        "monthly_budget_minor": budget.minor if budget is not None else None,
        "currency": budget.currency if budget is not None else CAD,
    }


def department_of(row: RowMapping) -> Department:
    values: dict[str, Any] = dict(row)
    minor, currency = values.pop("monthly_budget_minor"), Currency(values.pop("currency"))
    budget = None if minor is None else Money(minor, currency)
    return Department(monthly_budget=budget, **values)


def employee_of(row: RowMapping) -> Employee:
    role, status = EmployeeRole(row["role"]), EmployeeStatus(row["status"])
    return Employee(**{**row, "role": role, "status": status})


class PostgresOrganizations(RowStore[Organization]):
    mapped = Mapped(organizations, organization_row, organization_of)


class PostgresDepartments(RowStore[Department]):
    mapped = Mapped(
        departments,
        department_row,
        department_of,
        {DEPARTMENT_NAME: lambda department: DepartmentNameTaken(department.name)},
    )

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Department, ...]:
        return self._all(_DEPARTMENTS, {"organization_id": organization_id})

    def remove(self, department_id: DepartmentId, /) -> None:
        """The foreign key of its people says whether there are any."""
        try:
            self._connection.execute(_REMOVE, {"key": department_id})
        except IntegrityError as error:
            if constraint(error) != EMPLOYEE_DEPARTMENT:
                raise
            raise DepartmentNotEmpty() from error


class PostgresEmployees(RowStore[Employee]):
    mapped = Mapped(
        employees,
        plain,
        employee_of,
        {
            ONE_IN_COMPANY: lambda _employee: EmployedAlready(),
            ONE_ACTIVE: lambda _employee: EmployedElsewhere(),
            EMPLOYEE_NUMBER: lambda employee: EmployeeNumberTaken(employee.number),
            EMPLOYEE_DEPARTMENT: lambda _employee: Missing("department"),
        },
    )

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Employee, ...]:
        return self._all(_EMPLOYEES, {"organization_id": organization_id})

    def of_account(self, account_id: AccountId, /) -> tuple[Employee, ...]:
        return self._all(_OF_ACCOUNT, {"account_id": account_id})

    def active_of(self, account_id: AccountId, /) -> Employee | None:
        return self._one(_OF_ACCOUNT.where(_ACTIVE), {"account_id": account_id})

    def in_organization(
        self, organization_id: OrganizationId, account_id: AccountId, /
    ) -> Employee | None:
        given = {"organization_id": organization_id, "account_id": account_id}
        return self._one(_OF_ACCOUNT.where(_COLLEAGUE), given)

    def addresses(self, organization_id: OrganizationId, /) -> Mapping[AccountId, EmailAddress]:
        rows = self._connection.execute(_ADDRESSES, {"organization_id": organization_id})
        return {AccountId(key): EmailAddress(email) for key, email in rows}

    def count_active(self, organization_id: OrganizationId, /) -> int:
        given = {"organization_id": organization_id}
        return self._connection.execute(_COUNT, given).scalar_one()


_DEPARTMENTS = (
    select(departments)
    .where(departments.c.organization_id == bindparam("organization_id"))
    .order_by(func.lower(departments.c.name))
)
_REMOVE = delete(departments).where(departments.c.id == bindparam("key"))
_ACTIVE = employees.c.status == EmployeeStatus.ACTIVE
_COLLEAGUE = employees.c.organization_id == bindparam("organization_id")
_EMPLOYEES = (
    select(employees).where(_COLLEAGUE).order_by(func.lower(employees.c.name), employees.c.id)
)
_OF_ACCOUNT = (
    select(employees)
    .where(employees.c.account_id == bindparam("account_id"))
    .order_by(employees.c.since, employees.c.id)
)
_ADDRESSES = (
    select(accounts.c.id, accounts.c.email)
    .join_from(employees, accounts, accounts.c.id == employees.c.account_id)
    .where(_COLLEAGUE, accounts.c.standing != Standing.CLOSED)
)
_COUNT = select(func.count()).select_from(employees).where(_COLLEAGUE, _ACTIVE)
