"""Who is in a company already: employed, active or not, or invited and expected."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import attrs

from autodoctor.application.corporate.employee_details import EmployeeForm
from autodoctor.domain.accounts.invitation import Invitation, InvitationStatus
from autodoctor.domain.corporate.employee import Employee, EmployeeNumberTaken
from autodoctor.domain.corporate.enrolment import Enrolment
from autodoctor.domain.corporate.organization import Organization
from autodoctor.ports.transactions import Transaction

EMPLOYEE: Final = "employee"
"""The place of an invitation that makes an employee."""


@attrs.frozen
class Expected:
    """Somebody whose invitation can still be accepted."""

    invitation: Invitation
    enrolment: Enrolment


@attrs.frozen
class People:
    """By email address. Under the company's lock nobody joins or is invited meanwhile."""

    company: Organization
    employed: Mapping[str, Employee]
    expected: Mapping[str, Expected]

    @property
    def taken(self) -> int:
        """Seats of those who are active, and of those who are expected."""
        return sum(each.active for each in self.employed.values()) + len(self.expected)

    def check_number(self, number: str, *, email: str) -> None:
        """Raises EmployeeNumberTaken when it is somebody else's."""
        held = {who: employee.number for who, employee in self.employed.items()}
        held |= {who: each.enrolment.number for who, each in self.expected.items()}
        if number and any(number == theirs for who, theirs in held.items() if who != email):
            raise EmployeeNumberTaken(number)


def people(tx: Transaction, company: Organization, *, at: datetime) -> People:
    addresses = tx.employees.addresses(company.id)
    employed = {
        addresses[each.account_id].text: each
        for each in tx.employees.of_organization(company.id)
        if each.account_id in addresses
    }
    enrolments = {each.id: each for each in tx.enrolments.of_organization(company.id)}
    expected = {
        each.email.text: Expected(each, enrolments[each.id])
        for each in tx.invitations.of_host(company.id)
        if each.id in enrolments and each.status(at=at) is InvitationStatus.PENDING
    }
    return People(company, employed, expected)


def form_of(thing: Employee | Enrolment) -> EmployeeForm:
    return EmployeeForm(
        name=thing.name,
        number=thing.number,
        role=thing.role,
        department_id=thing.department_id,
        monthly_sessions_max=thing.monthly_sessions_max,
    )
