"""A company's departments, and what is on its dashboard."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.application.access.corporate import DASHBOARD, DEPARTMENTS, KEEP_DEPARTMENTS
from autodoctor.application.corporate.dashboard import dashboard
from autodoctor.application.corporate.departments import (
    DepartmentsFull,
    Limits,
    Staffed,
    add_department,
    change_department,
    departments,
    remove_department,
)
from autodoctor.domain.corporate.department import (
    Department,
    DepartmentNameTaken,
    DepartmentNotEmpty,
)
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import DepartmentId
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.api.corporate_keys import CLOSED
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.corporate_queries import CompanyBooking
from autodoctor.ports.stores import Missing

company_departments = Endpoints("Companies")

PATH = "/api/corporate/departments"


class DepartmentBody(Body):
    """The budget is in cents of Canadian dollars; null is no limit, 0 nothing at all. Both are
    for a calendar month."""

    name: str
    monthly_budget_minor: int | None = None
    monthly_sessions_max: int | None = None

    def limits(self) -> Limits:
        minor = self.monthly_budget_minor
        return Limits(
            name=self.name,
            monthly_budget=None if minor is None else Money(minor),
            monthly_sessions_max=self.monthly_sessions_max,
        )


@attrs.frozen(kw_only=True)
class DepartmentAnswer:
    id: UUID
    name: str
    monthly_budget: Money | None
    monthly_sessions_max: int | None

    @classmethod
    def of(cls, department: Department) -> "DepartmentAnswer":
        return cls(
            id=department.id,
            name=department.name,
            monthly_budget=department.monthly_budget,
            monthly_sessions_max=department.monthly_sessions_max,
        )


@attrs.frozen(kw_only=True)
class DepartmentRow:
    """`employees` counts those who are active."""

    department: DepartmentAnswer
    employees: int

    @classmethod
    def of(cls, found: Staffed) -> "DepartmentRow":
        return cls(department=DepartmentAnswer.of(found.department), employees=found.employees)


@attrs.frozen
class DepartmentList:
    departments: tuple[DepartmentRow, ...]


@company_departments.route("GET", PATH, action=DEPARTMENTS, answer=DepartmentList, refusals=CLOSED)
def listed(call: Call) -> DepartmentList:
    """The company's departments, by name."""
    return DepartmentList(tuple(map(DepartmentRow.of, departments(call.ports, actor=call.who))))


@company_departments.route(
    "POST",
    PATH,
    action=KEEP_DEPARTMENTS,
    body=DepartmentBody,
    answer=DepartmentAnswer,
    status=201,
    refusals=(*CLOSED, InvalidField, DepartmentNameTaken, DepartmentsFull),
)
def add(call: Call, *, body: DepartmentBody) -> DepartmentAnswer:
    """Add a department."""
    return DepartmentAnswer.of(add_department(call.ports, actor=call.who, limits=body.limits()))


@company_departments.route(
    "PUT",
    f"{PATH}/{{department_id}}",
    action=KEEP_DEPARTMENTS,
    body=DepartmentBody,
    answer=DepartmentAnswer,
    refusals=(*CLOSED, Missing, InvalidField, DepartmentNameTaken),
)
def change(call: Call, *, department_id: UUID, body: DepartmentBody) -> DepartmentAnswer:
    """Change a department's name and limits, for what is booked from now on."""
    key = DepartmentId(department_id)
    done = change_department(call.ports, actor=call.who, department_id=key, limits=body.limits())
    return DepartmentAnswer.of(done)


@company_departments.route(
    "DELETE",
    f"{PATH}/{{department_id}}",
    action=KEEP_DEPARTMENTS,
    refusals=(*CLOSED, Missing, DepartmentNotEmpty),
)
def remove(call: Call, *, department_id: UUID) -> None:
    """Remove a department that nobody is in."""
    remove_department(call.ports, actor=call.who, department_id=DepartmentId(department_id))


@attrs.frozen(kw_only=True)
class PlanCount:
    plan: str
    sessions: int


@attrs.frozen(kw_only=True)
class CompanyDashboardAnswer:
    """What employees booked for the company since `month_began_at`: how many, of which plan,
    and the newest of them."""

    name: str
    tier: str
    seats: int
    seats_taken: int
    departments: tuple[DepartmentRow, ...]
    month_began_at: datetime
    sessions: int
    by_plan: tuple[PlanCount, ...]
    latest: tuple[CompanyBooking, ...]


@company_departments.route(
    "GET",
    "/api/corporate/dashboard",
    action=DASHBOARD,
    answer=CompanyDashboardAnswer,
    refusals=CLOSED,
)
def overview(call: Call) -> CompanyDashboardAnswer:
    """Tier, seats, departments, and what was booked this month."""
    found = dashboard(call.ports, actor=call.who)
    return CompanyDashboardAnswer(
        name=found.organization.name,
        tier=found.organization.tier,
        seats=found.organization.seats,
        seats_taken=found.seats_taken,
        departments=tuple(map(DepartmentRow.of, found.departments)),
        month_began_at=found.month.start,
        sessions=found.booked.sessions,
        by_plan=tuple(PlanCount(plan=name, sessions=n) for name, n in found.booked.by_plan),
        latest=found.booked.latest,
    )
