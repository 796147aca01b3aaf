"""Keeping companies, their departments and their employees."""

from collections.abc import Mapping
from typing import Protocol

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.employee import Employee
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.shared.ids import AccountId, DepartmentId, EmployeeId, OrganizationId
from autodoctor.ports.stores import Store


class Organizations(Store[Organization, OrganizationId], Protocol):
    """Companies."""


class Departments(Store[Department, DepartmentId], Protocol):
    """`add` and `save` raise DepartmentNameTaken: within a company no two names are alike,
    whatever the case."""

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Department, ...]:
        """By name."""

    def remove(self, department_id: DepartmentId, /) -> None:
        """Again changes nothing. Raises DepartmentNotEmpty."""


class Employees(Store[Employee, EmployeeId], Protocol):
    """`add` and `save` raise EmployedAlready for a second row of a person in a company,
    EmployedElsewhere for one who is active in another, EmployeeNumberTaken; and Missing for a
    department that is not the company's."""

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Employee, ...]:
        """By name."""

    def of_account(self, account_id: AccountId, /) -> tuple[Employee, ...]:
        """In every company, the longest standing first."""

    def active_of(self, account_id: AccountId, /) -> Employee | None:
        """Where they are employed now; one company at most."""

    def in_organization(
        self, organization_id: OrganizationId, account_id: AccountId, /
    ) -> Employee | None:
        """Active or not."""

    def addresses(self, organization_id: OrganizationId, /) -> Mapping[AccountId, EmailAddress]:
        """Of everybody who is or was employed there, and has not closed their account."""

    def count_active(self, organization_id: OrganizationId, /) -> int:
        """How many seats are taken."""
