"""What is said of an employee, as a form: from fields to a value and back."""

from typing import Final
from uuid import UUID

import attrs

from autodoctor.application.corporate.employee_details import EmployeeForm
from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.employee import EmployeeRole
from autodoctor.domain.corporate.employee_details import check_limit, check_role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import DepartmentId
from autodoctor.entrypoints.web.pages.forms import FormView
from autodoctor.entrypoints.web.parts import Option

DETAILS: Final = ("name", "number", "role", "department_id", "monthly_sessions_max")
ROLES: Final = tuple(
    Option(role.value, role.value.replace("_", " ").capitalize()) for role in EmployeeRole
)


@attrs.frozen(kw_only=True)
class EmployeeFields:
    """The fields of one employee with what can be chosen."""

    form: FormView
    departments: tuple[Option, ...]
    roles: tuple[Option, ...] = ROLES


def department_options(departments: tuple[Department, ...]) -> tuple[Option, ...]:
    return tuple(Option(str(each.id), each.name) for each in departments)


def employee_form(values: dict[str, str]) -> EmployeeForm:
    """Raises InvalidField."""
    return EmployeeForm(
        name=values["name"],
        number=values["number"],
        role=check_role(values["role"]) if values["role"] else EmployeeRole.DRIVER,
        department_id=_department(values["department_id"]),
        monthly_sessions_max=_limit(values["monthly_sessions_max"]),
    )


def _department(text: str) -> DepartmentId | None:
    try:
        return DepartmentId(UUID(text)) if text else None
    except ValueError:
        raise InvalidField("department_id", "Choose one of your departments.") from None


def _limit(text: str) -> int | None:
    try:
        return check_limit(text)
    except InvalidField as wrong:
        raise InvalidField("monthly_sessions_max", wrong.reason) from None


def values_of(form: EmployeeForm) -> dict[str, str]:
    limit = form.monthly_sessions_max
    return {
        "name": form.name,
        "number": form.number,
        "role": form.role.value,
        "department_id": str(form.department_id) if form.department_id else "",
        "monthly_sessions_max": "" if limit is None else str(limit),
    }
