"""Companies, their departments and their employees in memory."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.adapters.memory.tables import Tables
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
)
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.shared.ids import AccountId, DepartmentId, OrganizationId
from autodoctor.ports.stores import Missing


class MemoryOrganizations(MemoryStore[Organization]):
    kind = "organization"


class MemoryDepartments(MemoryStore[Department]):
    kind = "department"

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables.departments)
        self._employees = tables.employees
        self._tables = tables

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Department, ...]:
        own = (each for each in self._rows.values() if each.organization_id == organization_id)
        return tuple(sorted(own, key=lambda each: each.name.lower()))

    def remove(self, department_id: DepartmentId, /) -> None:
        if any(each.department_id == department_id for each in self._employees.values()):
            raise DepartmentNotEmpty()
        self._rows.pop(department_id, None)
        for pointing in (self._tables.enrolments, self._tables.intakes):
            _forget_department(pointing, department_id)

    def _check(self, thing: Department) -> None:
        for other in self._others(thing):
            same = other.organization_id == thing.organization_id
            if same and other.name.lower() == thing.name.lower():
                raise DepartmentNameTaken(thing.name)


def _forget_department(rows: dict[UUID, Any], department_id: DepartmentId) -> None:
    for key, row in rows.items():
        if row.department_id == department_id:
            rows[key] = attrs.evolve(row, department_id=None)


class MemoryEmployees(MemoryStore[Employee]):
    kind = "employee"

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables.employees)
        self._departments = tables.departments
        self._accounts = tables.accounts

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Employee, ...]:
        own = (each for each in self._rows.values() if each.organization_id == organization_id)
        return tuple(sorted(own, key=lambda each: (each.name.lower(), each.id)))

    def of_account(self, account_id: AccountId, /) -> tuple[Employee, ...]:
        mine = (each for each in self._rows.values() if each.account_id == account_id)
        return tuple(sorted(mine, key=lambda each: (each.since, each.id)))

    def active_of(self, account_id: AccountId, /) -> Employee | None:
        return next((each for each in self.of_account(account_id) if each.active), None)

    def in_organization(
        self, organization_id: OrganizationId, account_id: AccountId, /
    ) -> Employee | None:
        mine = self.of_account(account_id)
        return next((each for each in mine if each.organization_id == organization_id), None)

    def addresses(self, organization_id: OrganizationId, /) -> Mapping[AccountId, EmailAddress]:
        mine = (self._accounts[each.account_id] for each in self.of_organization(organization_id))
        return {each.id: each.email for each in mine if each.standing is not Standing.CLOSED}

    def count_active(self, organization_id: OrganizationId, /) -> int:
        return sum(each.active for each in self.of_organization(organization_id))

    def _check(self, thing: Employee) -> None:
        others = self._others(thing)
        colleagues = [each for each in others if each.organization_id == thing.organization_id]
        if any(each.account_id == thing.account_id for each in colleagues):
            raise EmployedAlready()
        if thing.number and any(each.number == thing.number for each in colleagues):
            raise EmployeeNumberTaken(thing.number)
        again = (each for each in others if each.account_id == thing.account_id and each.active)
        if thing.active and any(again):
            raise EmployedElsewhere()
        self._check_department(thing)

    def _check_department(self, thing: Employee) -> None:
        if thing.department_id is None:
            return
        found = self._departments.get(thing.department_id)
        if found is None or found.organization_id != thing.organization_id:
            raise Missing("department")
