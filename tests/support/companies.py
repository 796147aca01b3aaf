"""Companies that got there through the use cases, and the people who run them."""

from typing import Any
from uuid import uuid4

from autodoctor.application.corporate.applying import register
from autodoctor.application.corporate.company_details import CompanyDetails
from autodoctor.application.corporate.overseeing import approve_company
from autodoctor.domain.shared.actor import Actor, Role, Seat
from autodoctor.domain.shared.ids import AccountId, OrganizationId
from autodoctor.ports.bundle import Ports
from support.workshops import an_account

ADMIN = Actor(AccountId(uuid4()), Role.ADMIN)


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
    account = an_account(ports, Role.CORPORATE, name="Fran Fleet")
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
