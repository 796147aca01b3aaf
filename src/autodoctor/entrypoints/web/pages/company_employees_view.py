"""A company's employees as ready strings."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import attrs

from autodoctor.application.corporate.employees import Detail
from autodoctor.application.corporate.known import Expected
from autodoctor.domain.corporate.limits import Use
from autodoctor.domain.shared.actor import Actor, Seat
from autodoctor.domain.shared.ids import DepartmentId
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.company_employee_form import EmployeeFields
from autodoctor.entrypoints.web.pages.numbered import SIZE, pager, turn_of
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Fact, Link, Option, Pager, Table
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.employee_queries import (
    EmployeeFilter,
    EmployeePage,
    EmployeeRow,
    EmployeeShown,
)

PATH: Final = "/corporate/employees"
STATUS: Final = {
    EmployeeShown.ACTIVE: ("Active", Tone.OK),
    EmployeeShown.INACTIVE: ("Deactivated", Tone.NEUTRAL),
    EmployeeShown.INVITED: ("Invited", Tone.INFO),
}
_COLUMNS: Final = (
    *(Column("Name"), Column("Number"), Column("Department"), Column("Role")),
    *(Column("Sessions a month", numeric=True), Column("Status")),
)
STATUSES: Final = tuple(Option(each.value, label) for each, (label, _) in STATUS.items())


def manages(actor: Actor) -> bool:
    return actor.seat is None or actor.seat.rank >= Seat.ADMIN.rank


def filter_of(asked: Mapping[str, str]) -> EmployeeFilter:
    """From an address; what cannot be read does not narrow."""
    status = asked.get("status", "")
    return EmployeeFilter(
        search=asked.get("search", "").strip()[:200],
        department_id=_department(asked.get("department", "")),
        status=EmployeeShown(status) if status in set(EmployeeShown) else None,
        page=min(turn_of(asked).number, 10_000),
        page_size=SIZE,
    )


def _department(text: str) -> DepartmentId | None:
    try:
        return DepartmentId(UUID(text))
    except ValueError:
        return None


@attrs.frozen(kw_only=True)
class ListView:
    """`search`, `department` and `status` are what the list is narrowed to."""

    search: str
    department: str
    status: str
    statuses: tuple[Option, ...]
    table: Table
    pager: Pager
    may_manage: bool
    fields: EmployeeFields


def list_view(
    found: EmployeePage,
    which: EmployeeFilter,
    when: When,
    *,
    viewer: Actor,
    fields: EmployeeFields,
) -> ListView:
    keep = {
        "search": which.search,
        "department": str(which.department_id or ""),
        "status": which.status.value if which.status else "",
    }
    rows = tuple(_row(each, when) for each in found.rows)
    narrowed = any(keep.values())
    return ListView(
        **keep,
        statuses=STATUSES,
        table=Table(
            "Employees",
            _COLUMNS,
            rows,
            "Nobody fits what you look for."
            if narrowed
            else "Invite the first one, or send a file.",
        ),
        pager=pager(
            turn_of({"page": str(which.page)}),
            shown=len(rows),
            total=found.total,
            path=PATH,
            keep=keep,
        ),
        may_manage=manages(viewer),
        fields=fields,
    )


def _row(row: EmployeeRow, when: When) -> tuple[Cell, ...]:
    label, tone = STATUS[row.status]
    invited = row.status is EmployeeShown.INVITED
    place = f"{PATH}/invited/{row.id}" if invited else f"{PATH}/{row.id}"
    until = f"until {when.day(row.until)}" if row.until else ""
    limit = row.monthly_sessions_max
    return (
        Cell(row.name or row.email, place, note=row.email if row.name else ""),
        Cell(row.number or "–"),
        Cell(row.department or "–"),
        Cell(row.role.replace("_", " ").capitalize()),
        Cell("no limit" if limit is None else str(limit)),
        Cell(label, tone=tone, note=until),
    )


@attrs.frozen(kw_only=True)
class DetailView:
    id: str
    name: str
    crumbs: tuple[Link, ...]
    state: str
    tone: Tone
    facts: tuple[Fact, ...]
    month: tuple[Fact, ...]
    active: bool
    may_manage: bool
    fields: EmployeeFields


def detail_view(found: Detail, when: When, *, viewer: Actor, fields: EmployeeFields) -> DetailView:
    employee = found.employee
    label, tone = STATUS[EmployeeShown(employee.status)]
    return DetailView(
        id=str(employee.id),
        name=employee.name,
        crumbs=(Link("Employees", PATH), Link(employee.name, "")),
        state=label,
        tone=tone,
        facts=(
            Fact("Email", found.email),
            Fact("Department", found.department.name if found.department else "None"),
            Fact("Since" if employee.active else "Deactivated", when.day(employee.since)),
        ),
        month=_month(found),
        active=employee.active,
        may_manage=manages(viewer),
        fields=fields,
    )


def _month(found: Detail) -> tuple[Fact, ...]:
    own = [Fact("Their sessions", _of(found.use.sessions, found.employee.monthly_sessions_max))]
    department = found.department
    if department is None:
        return tuple(own)
    use, most = found.departments_use, department.monthly_sessions_max
    return (
        *own,
        Fact(f"Sessions of {department.name}", _of(use.sessions, most)),
        Fact(f"Booked by {department.name}", _spent(use, department.monthly_budget)),
    )


def _of(count: int, most: int | None) -> str:
    return f"{count}, without a limit" if most is None else f"{count} of {most}"


def _spent(use: Use, budget: Money | None) -> str:
    spent = money_text(use.spent)
    return f"{spent}, without a budget" if budget is None else f"{spent} of {money_text(budget)}"


@attrs.frozen(kw_only=True)
class InvitedView:
    id: str
    email: str
    crumbs: tuple[Link, ...]
    until: str
    may_manage: bool
    fields: EmployeeFields


def invited_view(
    found: Expected, when: When, *, viewer: Actor, fields: EmployeeFields
) -> InvitedView:
    email = found.invitation.email.text
    return InvitedView(
        id=str(found.invitation.id),
        email=email,
        crumbs=(Link("Employees", PATH), Link("Invited", "")),
        until=when.moment(found.invitation.expires_at),
        may_manage=manages(viewer),
        fields=fields,
    )
