"""Companies, departments and employees that may be kept, and companies that got there through the
use cases."""

from typing import Any
from uuid import uuid4

import attrs

from autodoctor.application.corporate.applying import register
from autodoctor.application.corporate.company_details import CompanyDetails
from autodoctor.application.corporate.overseeing import approve_company
from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.employee import Employee
from autodoctor.domain.corporate.organization import BusinessType, Organization, Profile
from autodoctor.domain.corporate.tier import Tier
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.ids import DepartmentId, EmployeeId, OrganizationId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transactions
from support import workshops
from support.scenery import AT, an_account, new_account
from support.workshops import ADMIN

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


def company_details(**changes: Any) -> CompanyDetails:
    given: dict[str, Any] = {
        "name": "Swift Couriers",
        "contact_name": "Fran Fleet",
        "email": "fleet@test.example",
        "business_type": "fleet",
    }
    return CompanyDetails(**{**given, **changes})


def company_applicant(ports: Ports, **changes: Any) -> Actor:
    """The owner of a company that waits for a decision."""
    account = workshops.an_account(ports, Role.CORPORATE, name="Fran Fleet")
    found = register(
        ports, actor=Actor(account.id, Role.CORPORATE), details=company_details(**changes)
    )
    company = found.organization.id
    return Actor(account.id, Role.CORPORATE, organization_id=company, seat=Seat.OWNER)


def company_owner(ports: Ports, **changes: Any) -> Actor:
    """Of a company that is open."""
    actor = company_applicant(ports, **changes)
    approve_company(ports, actor=ADMIN, organization_id=company_of(actor))
    return actor


def company_of(actor: Actor) -> OrganizationId:
    assert actor.organization_id is not None, "somebody who runs a company"
    return actor.organization_id
