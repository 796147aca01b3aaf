"""What becomes of somebody who accepts a company's invitation.

Refusals: RunningElsewhere for a seat; EmployedAlready, EmployedElsewhere, SeatsFull for an
employee.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import attrs

from autodoctor.application.corporate.known import EMPLOYEE
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.invitation import Invitation
from autodoctor.domain.corporate.employee import EmployedAlready, EmployedElsewhere, join
from autodoctor.domain.corporate.events import CompanySeatChanged
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.shared.actor import Actor, Role, Seat
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import EmployeeId, OrganizationId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

SEATS: Final = (Seat.VIEWER, Seat.ADMIN, Seat.OWNER)
"""Those there are in a company, from the least to the most."""
MEANING: Final[dict[str, str]] = {
    Seat.OWNER: "You would run everything about it here, and decide who else does.",
    Seat.ADMIN: "You would run its departments and its profile.",
    Seat.VIEWER: "You would see its figures and its departments.",
    EMPLOYEE: "You would use autodoctor as one of its employees. It sees when you booked as such, "
    "what, and what kind of problem it was about; never what was said. You can book privately at "
    "any time.",
}
"""What each place means, in a sentence."""


@attrs.frozen
class RunningElsewhere(Conflict):
    """You run another company here, and have to leave it first."""


def find(tx: Transaction, host_id: UUID, lock: bool) -> Organization:
    return tx.organizations.get(OrganizationId(host_id), lock=lock)


def where(host: Organization) -> str:
    told = host.profile
    return ", ".join(part for part in (told.city, told.province) if part)


def role_of(place: str) -> Role:
    return Role.CUSTOMER if place == EMPLOYEE else Role.CORPORATE


def take(
    ports: Ports, tx: Transaction, account: Account, invitation: Invitation, at: datetime
) -> Account:
    if invitation.place == EMPLOYEE:
        saved = tx.accounts.save(account)
        _become_employee(ports, tx, saved, invitation, at=at)
        return saved
    company, seat = OrganizationId(invitation.host_id), Seat(invitation.place)
    if account.organization_id not in (None, company):
        raise RunningElsewhere()
    told = CompanySeatChanged(account.id, company, seat)
    tx.outbox.record(told, by=Actor(account.id, Role.CORPORATE), at=at)
    return tx.accounts.save(attrs.evolve(account, organization_id=company, organization_seat=seat))


def _become_employee(
    ports: Ports, tx: Transaction, account: Account, invitation: Invitation, *, at: datetime
) -> None:
    """As the company told of them last. Under its lock: nobody gets a seat that is not there."""
    told = tx.enrolments.get(invitation.id, lock=True)
    company = tx.organizations.get(told.organization_id)
    if tx.employees.in_organization(company.id, account.id) is not None:
        raise EmployedAlready()
    if tx.employees.active_of(account.id) is not None:
        raise EmployedElsewhere()
    company.check_room(tx.employees.count_active(company.id))
    employee, events = join(
        employee_id=EmployeeId(ports.ids.new()),
        organization_id=company.id,
        account_id=account.id,
        name=told.name or account.name,
        role=told.role,
        number=told.number,
        department_id=told.department_id,
        monthly_sessions_max=told.monthly_sessions_max,
        at=at,
    )
    tx.employees.add(employee)
    tx.outbox.record(*events, by=Actor(account.id, Role.CUSTOMER), at=at)
