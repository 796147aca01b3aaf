"""Companies, departments and employees that may be kept."""

from typing import Any
from uuid import uuid4

import attrs

from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.employee import Employee
from autodoctor.domain.corporate.organization import BusinessType, Organization, Profile
from autodoctor.domain.corporate.tier import Tier
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.ids import DepartmentId, EmployeeId, OrganizationId
from autodoctor.ports.transactions import Transactions
from support.scenery import AT, an_account, new_account

PROFILE = Profile(
    contact_name="Fran Fleet",
    email="fleet@test.example",
    phone="+1 416 555 0100",
    registration_number="BN 7",
    tax_id="RT 7",
    industry="Logistics",
    fleet_size=40,
    street="1 Dock Road",
    city="Toronto",
    province="ON",
    postal_code="M5V 2T6",
)


def new_organization(**changes: Any) -> Organization:
    """Open, unless told otherwise; not kept yet, like all that is called new here."""
    given: dict[str, Any] = {
        "id": OrganizationId(uuid4()),
        "name": "Swift Couriers",
        "business_type": BusinessType.FLEET,
        "tier": Tier.STARTER,
        "created_at": AT,
        "profile": PROFILE,
        "approved": True,
    }
    return Organization(**{**given, **changes})


def a_company(kept: Transactions, **changes: Any) -> Organization:
    organization = new_organization(**changes)
    with kept(SYSTEM) as tx:
        tx.organizations.add(organization)
    return organization


def new_department(kept: Transactions, **changes: Any) -> Department:
    """Of a new company, unless told of which."""
    if "organization_id" not in changes:
        changes["organization_id"] = a_company(kept).id
    given: dict[str, Any] = {"id": DepartmentId(uuid4()), "name": "Deliveries"}
    return Department(**{**given, **changes})


def a_department(kept: Transactions, **changes: Any) -> Department:
    department = new_department(kept, **changes)
    with kept(SYSTEM) as tx:
        tx.departments.add(department)
    return department


def new_employee(kept: Transactions, **changes: Any) -> Employee:
    """Of a new company and with a new account, unless told."""
    if "organization_id" not in changes:
        changes["organization_id"] = a_company(kept).id
    if "account_id" not in changes:
        changes["account_id"] = an_account(kept).account_id
    given: dict[str, Any] = {"id": EmployeeId(uuid4()), "name": "Dee Driver", "since": AT}
    return Employee(**{**given, **changes})


def an_employee(kept: Transactions, **changes: Any) -> Employee:
    employee = new_employee(kept, **changes)
    with kept(SYSTEM) as tx:
        tx.employees.add(employee)
    return employee


def who_runs(kept: Transactions, company: Organization, seat: Seat = Seat.OWNER) -> Actor:
    """Somebody who runs that company."""
    account = attrs.evolve(
        new_account(Role.CORPORATE),
        name="Fran Fleet",
        organization_id=company.id,
        organization_seat=seat,
        verified_at=AT,
    )
    with kept(SYSTEM) as tx:
        tx.accounts.add(account)
    return Actor(account.id, Role.CORPORATE, organization_id=company.id, seat=seat)
