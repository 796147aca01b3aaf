"""Booking as a company's employee: who may, and whether the month still has room for it."""

from datetime import datetime

import attrs

from autodoctor.application.access.booking import START
from autodoctor.application.access.may import may
from autodoctor.application.access.sessions import SEE
from autodoctor.application.access.whose import of_session
from autodoctor.application.operations.security import record_staff_read
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.employee import Employee
from autodoctor.domain.corporate.limits import Use, check_use
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import AccountId, CustomerId, IntakeId, SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class Employment:
    """Somebody's work: active, at a company that may use us."""

    employee: Employee
    company: Organization
    department: Department | None

    def linked(self, intake: Intake) -> Intake:
        return attrs.evolve(
            intake,
            organization_id=self.company.id,
            department_id=self.department.id if self.department else None,
        )


def my_company(ports: Ports, *, actor: Actor) -> Organization | None:
    """Whose employee they book as, unless they book privately."""
    may(actor, START)
    with ports.transactions(actor) as tx:
        found = employment_of(tx, actor.customer_id)
    return found.company if found else None


def linked_company(ports: Ports, *, actor: Actor, session_id: SessionId) -> str:
    """The name of the company that a session was booked for; empty for a private one."""
    may(actor, SEE)
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id)
        may(actor, SEE, of_session(session))
        of = Subject("session", session_id)
        record_staff_read(ports, tx, SecurityKind.SESSION_READ, by=actor, about=of)
        key = session.organization_id
        return tx.organizations.get(key).name if key else ""


def employment_of(
    tx: Transaction, customer_id: CustomerId, *, lock: bool = False
) -> Employment | None:
    """None for somebody who is nobody's employee now, and while the company may not use us.
    With `lock` nobody else books for this person or department until the transaction ends."""
    found = tx.employees.active_of(AccountId(customer_id))
    if found is None:
        return None
    employee = tx.employees.get(found.id, lock=lock)
    company = tx.organizations.get(employee.organization_id)
    if not (employee.active and company.open):
        return None
    key = employee.department_id
    return Employment(employee, company, tx.departments.get(key, lock=lock) if key else None)


def check_month(
    tx: Transaction,
    work: Employment,
    *,
    price: Money,
    at: datetime,
    but: IntakeId | None = None,
) -> None:
    """Refusals: MonthlyLimitReached, DepartmentLimitReached, DepartmentBudgetReached."""
    month = work.company.month(at)
    employee, department = work.employee, work.department
    own = tx.usage.of_employee(work.company.id, employee.account_id, month, but=but)
    theirs = tx.usage.of_department(department.id, month, but=but) if department else Use()
    check_use(employee, department, own=own, departments=theirs, price=price)


def still_linked(tx: Transaction, intake: Intake, *, price: Money, at: datetime) -> Intake:
    """Before it is paid: whether it may still be the company's. Somebody who was let go since
    goes on privately. Refusals as `check_month`."""
    if intake.organization_id is None:
        return intake
    work = employment_of(tx, intake.customer_id, lock=True)
    if work is None or work.company.id != intake.organization_id:
        return tx.intakes.save(attrs.evolve(intake, organization_id=None, department_id=None))
    check_month(tx, work, price=price, at=at, but=intake.id)
    linked = work.linked(intake)
    return intake if linked == intake else tx.intakes.save(linked)
