"""A company looks after its employees: who they are, what they may use, letting them go."""

import attrs

from autodoctor.application.access.employees import EMPLOY, EMPLOYEES
from autodoctor.application.access.may import Whose, may
from autodoctor.application.corporate.employee_details import (
    EmployeeForm,
    check_department,
    checked,
)
from autodoctor.application.corporate.known import people
from autodoctor.application.corporate.own import open_organization
from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.employee import Employee
from autodoctor.domain.corporate.limits import Use
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import EmployeeId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.employee_queries import PAGE_SIZE_MAX, EmployeeFilter, EmployeePage
from autodoctor.ports.transactions import Transaction

PAGE_MAX = 10_000


@attrs.frozen(kw_only=True)
class Detail:
    """`use` and `departments_use` are of this month, the company's own."""

    employee: Employee
    email: str
    department: Department | None
    use: Use
    departments_use: Use


def listed(ports: Ports, *, actor: Actor, which: EmployeeFilter) -> EmployeePage:
    """Employees, and those who are invited, by name. Raises InvalidField."""
    may(actor, EMPLOYEES)
    if not 1 <= which.page <= PAGE_MAX:
        raise InvalidField("page", "Pages count from 1.")
    if not 1 <= which.page_size <= PAGE_SIZE_MAX:
        raise InvalidField("page_size", f"From 1 to {PAGE_SIZE_MAX} rows.")
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor)
    return ports.queries.employees.listed(company.id, which, at=ports.now())


def detail(ports: Ports, *, actor: Actor, employee_id: EmployeeId) -> Detail:
    """Raises Missing."""
    may(actor, EMPLOYEES)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor)
        found = _own(tx, actor, employee_id)
        month = company.month(ports.now())
        department = tx.departments.get(found.department_id) if found.department_id else None
        return Detail(
            employee=found,
            email=tx.accounts.get(found.account_id).email.text,
            department=department,
            use=tx.usage.of_employee(company.id, found.account_id, month),
            departments_use=tx.usage.of_department(department.id, month) if department else Use(),
        )


def change_employee(
    ports: Ports, *, actor: Actor, employee_id: EmployeeId, form: EmployeeForm
) -> Employee:
    """Refusals: InvalidField, Missing, also for a department, EmployeeNumberTaken."""
    may(actor, EMPLOY)
    told = checked(form)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor, lock=True)
        before = _own(tx, actor, employee_id, lock=True)
        check_department(tx, told, company.id)
        there = people(tx, company, at=ports.now())
        email = tx.accounts.get(before.account_id).email.text
        there.check_number(told.number, email=email)
        after = before.change(**attrs.asdict(told, recurse=False))
        return before if after == before else tx.employees.save(after)


def activate_employee(ports: Ports, *, actor: Actor, employee_id: EmployeeId) -> Employee:
    """Takes a seat, as somebody new does. Again changes nothing. Refusals: Missing, SeatsFull,
    EmployedElsewhere."""
    may(actor, EMPLOY)
    at = ports.now()
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor, lock=True)
        after, events = _own(tx, actor, employee_id, lock=True).activate(at=at)
        if not events:
            return after
        company.check_room(tx.employees.count_active(company.id))
        tx.outbox.record(*events, by=actor, at=at)
        return tx.employees.save(after)


def deactivate_employee(ports: Ports, *, actor: Actor, employee_id: EmployeeId) -> Employee:
    """From now on they book privately; what is under way stays linked. Again changes nothing.
    Raises Missing."""
    may(actor, EMPLOY)
    at = ports.now()
    with ports.transactions(actor) as tx:
        open_organization(tx, actor)
        after, events = _own(tx, actor, employee_id, lock=True).deactivate(at=at)
        if not events:
            return after
        tx.outbox.record(*events, by=actor, at=at)
        return tx.employees.save(after)


def _own(tx: Transaction, actor: Actor, employee_id: EmployeeId, *, lock: bool = False) -> Employee:
    """Of one's own company; anybody else is not there."""
    found = tx.employees.get(employee_id, lock=lock)
    may(actor, EMPLOYEES, Whose(organization_id=found.organization_id))
    return found


def departments(ports: Ports, *, actor: Actor) -> tuple[Department, ...]:
    """Those an employee can be in, by name."""
    may(actor, EMPLOYEES)
    with ports.transactions(actor) as tx:
        return tx.departments.of_organization(open_organization(tx, actor).id)
