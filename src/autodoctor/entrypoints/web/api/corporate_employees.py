"""A company's employees: the list, inviting, changing, letting go."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import attrs
from msgspec import Meta

from autodoctor.application.access.employees import EMPLOY, EMPLOYEES
from autodoctor.application.accounts.inviting import InvitedToAnother
from autodoctor.application.corporate import employees as people
from autodoctor.application.corporate.employee_details import EmployeeForm
from autodoctor.application.corporate.employing import (
    change_invited,
    invite_employee,
    revoke_invitation,
)
from autodoctor.domain.accounts.invitation import Invitation, InvitationUsed
from autodoctor.domain.corporate.department import SESSIONS_MAX
from autodoctor.domain.corporate.employee import (
    EmployedAlready,
    EmployedElsewhere,
    Employee,
    EmployeeNumberTaken,
    EmployeeRole,
)
from autodoctor.domain.corporate.limits import Use
from autodoctor.domain.corporate.organization import SeatsFull
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import DepartmentId, EmployeeId, InvitationId
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.api.corporate_keys import CLOSED
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.employee_queries import (
    PAGE_SIZE_MAX,
    EmployeeFilter,
    EmployeeRow,
    EmployeeShown,
)
from autodoctor.ports.stores import Missing

corporate_employees = Endpoints("Companies")

RoleName = Literal["driver", "fleet_manager", "technician", "supervisor", "admin"]
Sessions = Annotated[int, Meta(ge=0, le=SESSIONS_MAX)]
Page = Annotated[int, Meta(ge=1, le=10_000)]
PageSize = Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)]


class EmployeesQuery(Body):
    """`search` looks in names, addresses and numbers."""

    search: Annotated[str, Meta(max_length=200)] = ""
    department_id: UUID | None = None
    status: Literal["active", "inactive", "invited"] | None = None
    page: Page = 1
    page_size: PageSize = 50

    def filter(self) -> EmployeeFilter:
        return EmployeeFilter(
            search=self.search.strip(),
            department_id=DepartmentId(self.department_id) if self.department_id else None,
            status=EmployeeShown(self.status) if self.status else None,
            page=self.page,
            page_size=self.page_size,
        )


@attrs.frozen(kw_only=True)
class EmployeeList:
    employees: tuple[EmployeeRow, ...]
    total: int


@corporate_employees.route(
    "GET",
    "/api/corporate/employees",
    action=EMPLOYEES,
    query=EmployeesQuery,
    answer=EmployeeList,
    refusals=(*CLOSED, InvalidField),
)
def listed(call: Call, *, query: EmployeesQuery) -> EmployeeList:
    """The company's employees and those who are invited, by name.

    The `id` of somebody invited is their invitation's.
    """
    found = people.listed(call.ports, actor=call.who, which=query.filter())
    return EmployeeList(employees=found.rows, total=found.total)


class EmployeeBody(Body):
    """`monthly_sessions_max` is how many sessions a calendar month; null is no limit."""

    name: str = ""
    number: str = ""
    role: RoleName = "driver"
    department_id: UUID | None = None
    monthly_sessions_max: Sessions | None = None

    def form(self) -> EmployeeForm:
        return EmployeeForm(
            name=self.name,
            number=self.number,
            role=EmployeeRole(self.role),
            department_id=DepartmentId(self.department_id) if self.department_id else None,
            monthly_sessions_max=self.monthly_sessions_max,
        )


class InviteBody(EmployeeBody, kw_only=True):
    """Without a `name` they are called what they call themselves."""

    email: str


@attrs.frozen(kw_only=True)
class InvitedAnswer:
    """Its code is in the mail alone."""

    id: UUID
    email: str
    status: str
    expires_at: datetime

    @classmethod
    def of(cls, sent: Invitation, *, at: datetime) -> "InvitedAnswer":
        status = sent.status(at=at)
        return cls(id=sent.id, email=sent.email.text, status=status, expires_at=sent.expires_at)


@corporate_employees.route(
    "POST",
    "/api/corporate/employees",
    action=EMPLOY,
    body=InviteBody,
    answer=InvitedAnswer,
    status=201,
    refusals=(
        *(*CLOSED, InvalidField, InvitedToAnother, EmployedAlready, Missing),
        *(EmployeeNumberTaken, SeatsFull),
    ),
)
def invite(call: Call, *, body: InviteBody) -> InvitedAnswer:
    """Invite an employee by mail: for 7 days, to work once.

    Asking again returns the pending invitation and mails nothing.
    """
    sent = invite_employee(call.ports, actor=call.who, email=body.email, form=body.form())
    return InvitedAnswer.of(sent, at=call.ports.now())


@corporate_employees.route(
    "PUT",
    "/api/corporate/employees/invitations/{invitation_id}",
    action=EMPLOY,
    body=EmployeeBody,
    answer=InvitedAnswer,
    refusals=(*CLOSED, InvalidField, Missing, EmployeeNumberTaken),
)
def change_expected(call: Call, *, invitation_id: UUID, body: EmployeeBody) -> InvitedAnswer:
    """Change what somebody who is invited will be once they accept."""
    key = InvitationId(invitation_id)
    kept = change_invited(call.ports, actor=call.who, invitation_id=key, form=body.form())
    return InvitedAnswer.of(kept, at=call.ports.now())


@corporate_employees.route(
    "DELETE",
    "/api/corporate/employees/invitations/{invitation_id}",
    action=EMPLOY,
    refusals=(*CLOSED, Missing, InvitationUsed),
)
def take_back(call: Call, *, invitation_id: UUID) -> None:
    """Take an invitation back; again changes nothing."""
    revoke_invitation(call.ports, actor=call.who, invitation_id=InvitationId(invitation_id))


@attrs.frozen(kw_only=True)
class UseAnswer:
    """Of this calendar month: sessions that count, and their prices as booked."""

    sessions: int
    spent: Money

    @classmethod
    def of(cls, use: Use) -> "UseAnswer":
        return cls(sessions=use.sessions, spent=use.spent)


@attrs.frozen(kw_only=True)
class EmployeeAnswer:
    id: UUID
    name: str
    number: str
    role: str
    status: str
    since: datetime
    department_id: UUID | None
    monthly_sessions_max: int | None

    @classmethod
    def of(cls, employee: Employee) -> "EmployeeAnswer":
        names = (field.name for field in attrs.fields(cls))
        return cls(**{name: getattr(employee, name) for name in names})


@attrs.frozen(kw_only=True)
class EmployeeDetail:
    """`use` is this person's month, `department_use` their department's."""

    employee: EmployeeAnswer
    email: str
    department: str
    use: UseAnswer
    department_use: UseAnswer


@corporate_employees.route(
    "GET",
    "/api/corporate/employees/{employee_id}",
    action=EMPLOYEES,
    answer=EmployeeDetail,
    refusals=(*CLOSED, Missing),
)
def one(call: Call, *, employee_id: UUID) -> EmployeeDetail:
    """One employee, and what they used this month."""
    found = people.detail(call.ports, actor=call.who, employee_id=EmployeeId(employee_id))
    return EmployeeDetail(
        employee=EmployeeAnswer.of(found.employee),
        email=found.email,
        department=found.department.name if found.department else "",
        use=UseAnswer.of(found.use),
        department_use=UseAnswer.of(found.departments_use),
    )


@corporate_employees.route(
    "PUT",
    "/api/corporate/employees/{employee_id}",
    action=EMPLOY,
    body=EmployeeBody,
    answer=EmployeeAnswer,
    refusals=(*CLOSED, InvalidField, Missing, EmployeeNumberTaken),
)
def change(call: Call, *, employee_id: UUID, body: EmployeeBody) -> EmployeeAnswer:
    """Change an employee's details and limit; all of them are sent."""
    key = EmployeeId(employee_id)
    return EmployeeAnswer.of(
        people.change_employee(call.ports, actor=call.who, employee_id=key, form=body.form())
    )


@corporate_employees.route(
    "POST",
    "/api/corporate/employees/{employee_id}/deactivate",
    action=EMPLOY,
    answer=EmployeeAnswer,
    refusals=(*CLOSED, Missing),
)
def deactivate(call: Call, *, employee_id: UUID) -> EmployeeAnswer:
    """Let an employee go: from now on they book privately. Again changes nothing."""
    key = EmployeeId(employee_id)
    return EmployeeAnswer.of(
        people.deactivate_employee(call.ports, actor=call.who, employee_id=key)
    )


@corporate_employees.route(
    "POST",
    "/api/corporate/employees/{employee_id}/activate",
    action=EMPLOY,
    answer=EmployeeAnswer,
    refusals=(*CLOSED, Missing, SeatsFull, EmployedElsewhere),
)
def activate(call: Call, *, employee_id: UUID) -> EmployeeAnswer:
    """Take an employee back; they need a free seat. Again changes nothing."""
    key = EmployeeId(employee_id)
    return EmployeeAnswer.of(people.activate_employee(call.ports, actor=call.who, employee_id=key))
