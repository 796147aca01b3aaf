"""A company's list of its people."""

from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

import attrs

from autodoctor.domain.shared.ids import DepartmentId, OrganizationId

PAGE_SIZE_MAX: Final = 200


class EmployeeShown(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    INVITED = "invited"


@attrs.frozen(kw_only=True)
class EmployeeFilter:
    """`search` looks in names, addresses and numbers, whatever the case."""

    search: str = ""
    department_id: DepartmentId | None = None
    status: EmployeeShown | None = None
    page: int = 1
    page_size: int = 50


@attrs.frozen(kw_only=True)
class EmployeeRow:
    """`id` is the employee's, or the invitation's while they are invited. `since` is when they
    became what `status` says; `until` how long an invitation works."""

    id: UUID
    status: EmployeeShown
    name: str
    email: str
    number: str
    role: str
    department: str
    department_id: DepartmentId | None
    monthly_sessions_max: int | None
    since: datetime
    until: datetime | None


@attrs.frozen(kw_only=True)
class EmployeePage:
    rows: tuple[EmployeeRow, ...]
    total: int


class EmployeeQueries(Protocol):
    def listed(
        self, organization_id: OrganizationId, which: EmployeeFilter, /, *, at: datetime
    ) -> EmployeePage:
        """By name, then address; invitations that can be accepted `at` that time. Nobody who
        has closed their account."""
