"""Those whom the demo's company employs: as what, where, and what they may use."""

from datetime import datetime
from typing import Final
from uuid import UUID

from autodoctor.domain.corporate.employee import Employee, EmployeeRole
from autodoctor.domain.shared.ids import AccountId, EmployeeId
from autodoctor.entrypoints.demo.company import COMPANY, DEPARTMENTS
from autodoctor.entrypoints.demo.people import EMPLOYEES
from autodoctor.ports.transactions import Transaction

DELIVERIES, FIELD = (department.id for department in DEPARTMENTS)
WORK: Final = dict(
    zip(
        (person.id for person in EMPLOYEES),
        (
            ("MC-104", EmployeeRole.DRIVER, DELIVERIES, 3),
            ("MC-117", EmployeeRole.DRIVER, DELIVERIES, None),
            ("MC-201", EmployeeRole.TECHNICIAN, FIELD, None),
        ),
        strict=True,
    )
)
"""Number, role, department, and sessions a month at most."""


def employ(tx: Transaction, person: AccountId, name: str, *, at: datetime) -> None:
    """Somebody of the demo's company; nobody else is changed."""
    if person not in WORK:
        return
    number, role, department, most = WORK[person]
    tx.employees.add(
        Employee(
            id=EmployeeId(UUID(int=person.int + 100)),
            organization_id=COMPANY,
            account_id=person,
            name=name,
            since=at,
            role=role,
            number=number,
            department_id=department,
            monthly_sessions_max=most,
        )
    )
