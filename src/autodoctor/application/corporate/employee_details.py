"""What is said of an employee, as forms and lists say it."""

import attrs

from autodoctor.domain.corporate.department import Department, check_sessions_max
from autodoctor.domain.corporate.employee import EmployeeRole, check_number
from autodoctor.domain.corporate.employee_details import Details
from autodoctor.domain.corporate.enrolment import Enrolment
from autodoctor.domain.shared.ids import DepartmentId, InvitationId, OrganizationId
from autodoctor.domain.shared.texts import check_line
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


@attrs.frozen(kw_only=True)
class EmployeeForm:
    """Without a name somebody who is invited is called what they call themselves."""

    name: str = ""
    number: str = ""
    role: EmployeeRole = EmployeeRole.DRIVER
    department_id: DepartmentId | None = None
    monthly_sessions_max: int | None = None


def checked(form: EmployeeForm) -> EmployeeForm:
    """As it is kept. Raises InvalidField."""
    return attrs.evolve(
        form,
        name=check_line("name", form.name) if form.name.strip() else "",
        number=check_number(form.number),
        monthly_sessions_max=check_sessions_max(form.monthly_sessions_max),
    )


def check_department(tx: Transaction, form: EmployeeForm, company: OrganizationId) -> None:
    """Raises Missing for one that is not the company's."""
    if form.department_id is None:
        return
    if tx.departments.get(form.department_id).organization_id != company:
        raise Missing("department")


def enrolment_of(form: EmployeeForm, key: InvitationId, company: OrganizationId) -> Enrolment:
    return Enrolment(id=key, organization_id=company, **attrs.asdict(form, recurse=False))


@attrs.frozen
class Departments:
    """A company's, by name and by id."""

    all: tuple[Department, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(each.name for each in self.all)

    def name(self, key: DepartmentId | None) -> str:
        return next((each.name for each in self.all if each.id == key), "")

    def form(self, details: Details) -> EmployeeForm:
        named = (each.id for each in self.all if each.name == details.department)
        return EmployeeForm(
            name=details.name,
            number=details.number,
            role=details.role,
            department_id=next(named, None),
            monthly_sessions_max=details.monthly_limit,
        )

    def details(self, of: EmployeeForm) -> Details:
        return Details(
            name=of.name,
            department=self.name(of.department_id),
            number=of.number,
            role=of.role,
            monthly_limit=of.monthly_sessions_max,
        )
