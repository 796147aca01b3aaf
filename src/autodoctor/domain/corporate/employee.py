"""An employee: a person whom a company lets use the service, while they are active there."""

from datetime import datetime
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.corporate.department import check_sessions_max
from autodoctor.domain.corporate.events import (
    EmployeeActivated,
    EmployeeDeactivated,
    EmployeeJoined,
)
from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, DepartmentId, EmployeeId, OrganizationId
from autodoctor.domain.shared.texts import check_line

NUMBER_LENGTH_MAX: Final = 40
FORMER: Final = "Former employee"


class EmployeeRole(StrEnum):
    """What they do in the company; it opens nothing here."""

    DRIVER = "driver"
    FLEET_MANAGER = "fleet_manager"
    TECHNICIAN = "technician"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class EmployeeStatus(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"


@attrs.frozen
class EmployedAlready(Conflict):
    """This person is an employee of this company already."""


@attrs.frozen
class EmployedElsewhere(Conflict):
    """This person is an active employee of another company, which has to let them go first."""


@attrs.frozen
class EmployeeNumberTaken(Conflict):
    """Another employee of this company has this number."""

    number: str


Change = tuple["Employee", tuple[Event, ...]]


@attrs.frozen(kw_only=True)
class Employee:
    """One person in one company. `since` is when they became what `status` says; `number` is
    the company's own, empty for none; `monthly_sessions_max` is None for no limit of theirs."""

    id: EmployeeId
    organization_id: OrganizationId
    account_id: AccountId
    name: str
    since: datetime
    role: EmployeeRole = EmployeeRole.DRIVER
    number: str = ""
    department_id: DepartmentId | None = None
    monthly_sessions_max: int | None = None
    status: EmployeeStatus = EmployeeStatus.ACTIVE
    version: int = 0

    @property
    def active(self) -> bool:
        return self.status is EmployeeStatus.ACTIVE

    def change(
        self,
        *,
        name: str,
        role: EmployeeRole,
        number: str,
        department_id: DepartmentId | None,
        monthly_sessions_max: int | None,
    ) -> "Employee":
        """Whose the department is, is the caller's question. Raises InvalidField."""
        return attrs.evolve(
            self,
            name=check_line("name", name),
            role=role,
            number=check_number(number),
            department_id=department_id,
            monthly_sessions_max=check_sessions_max(monthly_sessions_max),
        )

    def activate(self, *, at: datetime) -> Change:
        """Again changes nothing. Whether there is a seat is the organization's question."""
        if self.active:
            return self, ()
        after = attrs.evolve(self, status=EmployeeStatus.ACTIVE, since=at)
        return after, (EmployeeActivated(self.id, self.organization_id, self.account_id),)

    def deactivate(self, *, at: datetime) -> Change:
        """From now on they book for themselves alone. Again changes nothing."""
        if not self.active:
            return self, ()
        after = attrs.evolve(self, status=EmployeeStatus.INACTIVE, since=at)
        return after, (EmployeeDeactivated(self.id, self.organization_id, self.account_id),)

    def forget(self, *, at: datetime) -> Change:
        """Of a person who closed their account: what the company did stays, without them."""
        gone, events = self.deactivate(at=at)
        return attrs.evolve(gone, name=FORMER, number=""), events


def join(
    *,
    employee_id: EmployeeId,
    organization_id: OrganizationId,
    account_id: AccountId,
    name: str,
    at: datetime,
    role: EmployeeRole = EmployeeRole.DRIVER,
    number: str = "",
    department_id: DepartmentId | None = None,
    monthly_sessions_max: int | None = None,
) -> Change:
    """Somebody new, active at once. Raises InvalidField."""
    made = Employee(
        id=employee_id, organization_id=organization_id, account_id=account_id, name="", since=at
    ).change(
        name=name,
        role=role,
        number=number,
        department_id=department_id,
        monthly_sessions_max=monthly_sessions_max,
    )
    return made, (EmployeeJoined(employee_id, organization_id, account_id),)


def check_number(number: str) -> str:
    """Trimmed; at most 40 characters on one line, or none. Raises InvalidField."""
    told = " ".join(number.split())
    if len(told) > NUMBER_LENGTH_MAX or not (told.isprintable() or not told):
        raise InvalidField("number", f"At most {NUMBER_LENGTH_MAX} characters.")
    return told
