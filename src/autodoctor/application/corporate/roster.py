"""A file of employees: what it would do, and doing it."""

import attrs

from autodoctor.application.access.employees import EMPLOY
from autodoctor.application.access.may import may
from autodoctor.application.corporate.employee_details import Departments, EmployeeForm
from autodoctor.application.corporate.employing import send_invitation
from autodoctor.application.corporate.known import People, form_of, people
from autodoctor.application.corporate.own import open_organization
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.corporate.roster import Known, Line, Outcome, Staff, plan
from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def take_roster(ports: Ports, *, actor: Actor, data: bytes, dry_run: bool) -> tuple[Line, ...]:
    """A report of every row; without `dry_run` it is done, all in one transaction. Both are the
    same plan. Refusals: InvalidField("file"), CompanyUntold, OrganizationNotApproved,
    OrganizationSuspended."""
    may(actor, EMPLOY)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor, lock=not dry_run)
        there = people(tx, company, at=ports.now())
        departments = Departments(tx.departments.of_organization(company.id))
        lines = plan(data, _staff(there, departments), spell=_spelt)
        if not dry_run:
            for line in lines:
                _carry_out(ports, tx, there, departments, line, by=actor)
        return lines


def _spelt(text: str) -> str:
    return EmailAddress.parse(text).text


def _staff(there: People, departments: Departments) -> Staff:
    known = {
        email: Known(False, departments.details(form_of(each.enrolment)))
        for email, each in there.expected.items()
    }
    known |= {
        email: Known(True, departments.details(form_of(each)))
        for email, each in there.employed.items()
    }
    places = max(0, there.company.seats - there.taken)
    return Staff(people=known, departments=departments.names, places=places)


def _carry_out(
    ports: Ports,
    tx: Transaction,
    there: People,
    departments: Departments,
    line: Line,
    *,
    by: Actor,
) -> None:
    if line.details is None:
        return
    form = departments.form(line.details)
    match line.outcome:
        case Outcome.INVITE:
            to = EmailAddress.parse(line.email)
            send_invitation(ports, tx, there.company, by=by, to=to, form=form)
        case Outcome.CHANGED:
            _change(tx, there, line.email, form)
        case _:
            return


def _change(tx: Transaction, there: People, email: str, form: EmployeeForm) -> None:
    if email in there.employed:
        tx.employees.save(there.employed[email].change(**attrs.asdict(form, recurse=False)))
        return
    enrolment = there.expected[email].enrolment
    tx.enrolments.save(attrs.evolve(enrolment, **attrs.asdict(form, recurse=False)))
