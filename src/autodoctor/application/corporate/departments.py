"""The departments of a company, and what each may use in a month."""

from typing import Any

import attrs

from autodoctor.application.access.corporate import DEPARTMENTS, KEEP_DEPARTMENTS
from autodoctor.application.access.may import Whose, may
from autodoctor.application.corporate.own import open_organization
from autodoctor.domain.corporate.department import Department
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import DepartmentId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

DEPARTMENTS_MAX = 200


@attrs.frozen
class DepartmentsFull(Conflict):
    """A company has at most so many departments."""

    most: int = DEPARTMENTS_MAX


@attrs.frozen(kw_only=True)
class Limits:
    """What is told of a department; None is no limit."""

    name: str
    monthly_budget: Money | None = None
    monthly_sessions_max: int | None = None


@attrs.frozen
class Staffed:
    """A department, and how many active employees are in it."""

    department: Department
    employees: int


def departments(ports: Ports, *, actor: Actor) -> tuple[Staffed, ...]:
    """By name. Refusals: CompanyUntold, OrganizationNotApproved, OrganizationSuspended."""
    may(actor, DEPARTMENTS)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor)
        return staffed(tx, tx.departments.of_organization(company.id))


def staffed(tx: Transaction, found: tuple[Department, ...]) -> tuple[Staffed, ...]:
    """All of one company."""
    people = tx.employees.of_organization(found[0].organization_id) if found else ()
    inside = [each.department_id for each in people if each.active]
    return tuple(Staffed(each, inside.count(each.id)) for each in found)


def add_department(ports: Ports, *, actor: Actor, limits: Limits) -> Department:
    """Refusals: as above, InvalidField, DepartmentsFull, DepartmentNameTaken."""
    may(actor, KEEP_DEPARTMENTS)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor, lock=True)
        if len(tx.departments.of_organization(company.id)) >= DEPARTMENTS_MAX:
            raise DepartmentsFull()
        blank = Department(id=DepartmentId(ports.ids.new()), organization_id=company.id, name="")
        made = blank.change(**_told(limits))
        tx.departments.add(made)
        return made


def change_department(
    ports: Ports, *, actor: Actor, department_id: DepartmentId, limits: Limits
) -> Department:
    """Counts for what is booked from now on. Refusals: as above, Missing, InvalidField,
    DepartmentNameTaken."""
    may(actor, KEEP_DEPARTMENTS)
    with ports.transactions(actor) as tx:
        before = _own(tx, actor, department_id)
        after = before.change(**_told(limits))
        return before if after == before else tx.departments.save(after)


def remove_department(ports: Ports, *, actor: Actor, department_id: DepartmentId) -> None:
    """Refusals: as above, Missing, DepartmentNotEmpty."""
    may(actor, KEEP_DEPARTMENTS)
    with ports.transactions(actor) as tx:
        tx.departments.remove(_own(tx, actor, department_id).id)


def _told(limits: Limits) -> dict[str, Any]:
    return attrs.asdict(limits, recurse=False)


def _own(tx: Transaction, actor: Actor, department_id: DepartmentId) -> Department:
    """Of one's own company, locked; another's is not there."""
    open_organization(tx, actor)
    found = tx.departments.get(department_id, lock=True)
    may(actor, KEEP_DEPARTMENTS, Whose(organization_id=found.organization_id))
    return found
