"""The demo's company: who runs it, what it told, and its departments."""

from datetime import datetime
from typing import Final
from uuid import UUID

from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.organization import BusinessType, Organization, Profile
from autodoctor.domain.corporate.tier import Tier
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import AccountId, ApplicationId, DepartmentId, OrganizationId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.vetting.application import Application, ApplicationKind
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def _key(number: int) -> UUID:
    return UUID(f"5a0b7d8e-0000-4000-8000-{number:012d}")


COMPANY: Final = OrganizationId(_key(2))
DEPARTMENTS: Final = (
    Department(
        id=DepartmentId(_key(3)),
        organization_id=COMPANY,
        name="Deliveries",
        monthly_budget=Money(50_000),
        monthly_sessions_max=20,
    ),
    Department(
        id=DepartmentId(_key(4)),
        organization_id=COMPANY,
        name="Field service",
        monthly_sessions_max=10,
    ),
)


def seed_company(ports: Ports) -> None:
    """If it is not there yet."""
    with ports.transactions(SYSTEM) as tx:
        try:
            tx.organizations.get(COMPANY)
        except Missing:
            tx.organizations.add(_company(ports.now()))
            for department in DEPARTMENTS:
                tx.departments.add(department)


def _company(at: datetime) -> Organization:
    return Organization(
        id=COMPANY,
        name="Maple Couriers",
        business_type=BusinessType.FLEET,
        tier=Tier.STARTER,
        created_at=at,
        approved=True,
        profile=Profile(
            contact_name="Frances Boyd",
            email="company@demo.autodoctor.example",
            registration_number="BN 56473 8291",
            tax_id="56473 8291 RT0001",
            industry="Courier services",
            fleet_size=24,
            street="88 Carlaw Avenue",
            city="Toronto",
            province="ON",
            postal_code="M4M 2R7",
        ),
    )


def approved_application(tx: Transaction, owner: AccountId, *, at: datetime) -> None:
    """What its owner handed in, decided upon."""
    draft = Application(
        id=ApplicationId(_key(5)),
        kind=ApplicationKind.ORGANIZATION,
        subject_id=COMPANY,
        applicant_id=owner,
        created_at=at,
    )
    tx.applications.add(draft)
    submitted = tx.applications.save(draft.submit(at=at)[0])
    tx.applications.save(submitted.approve(by=SYSTEM.account_id, at=at)[0])
