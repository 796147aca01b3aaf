"""A company's people as rows of the file that it can send back."""

from typing import Final

from autodoctor.application.access.employees import EMPLOYEES
from autodoctor.application.access.may import may
from autodoctor.application.corporate.employee_details import Departments, EmployeeForm
from autodoctor.application.corporate.known import form_of, people
from autodoctor.application.corporate.own import open_organization
from autodoctor.application.operations.security import record
from autodoctor.domain.corporate.roster_file import COLUMNS
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.bundle import Ports

HEADER: Final = COLUMNS


def roster_rows(ports: Ports, *, actor: Actor) -> tuple[tuple[str, ...], ...]:
    """In the order of `HEADER`; by address, those who are invited last."""
    may(actor, EMPLOYEES)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor)
        there = people(tx, company, at=ports.now())
        record(
            ports,
            tx,
            SecurityKind.COMPANY_EXPORTED,
            by=actor,
            about=Subject("organization", company.id),
        )
        departments = Departments(tx.departments.of_organization(company.id))
    employed = {email: form_of(each) for email, each in sorted(there.employed.items())}
    expected = {email: form_of(each.enrolment) for email, each in sorted(there.expected.items())}
    return tuple(_row(who, form, departments) for who, form in (employed | expected).items())


def _row(email: str, form: EmployeeForm, departments: Departments) -> tuple[str, ...]:
    limit = form.monthly_sessions_max
    return (
        email,
        form.name,
        departments.name(form.department_id),
        form.number,
        form.role.value.replace("_", " "),
        "" if limit is None else str(limit),
    )
