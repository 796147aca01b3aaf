"""What an empty installation begins with: the plans; and, in development, the demo people."""

from collections.abc import Callable
from datetime import time
from uuid import UUID

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import REQUIRED, give
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.plans.catalogue import DEFAULT_PLANS
from autodoctor.domain.plans.plan import PlanUnknown, SessionKind
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.actor import SYSTEM, Role, Seat
from autodoctor.domain.shared.ids import AccountId, MechanicId
from autodoctor.domain.workshops.membership import ask
from autodoctor.domain.workshops.profile import Hours, Profile
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.entrypoints.demo.company import COMPANY, approved_application, seed_company
from autodoctor.entrypoints.demo.employees import employ
from autodoctor.entrypoints.demo.mechanics import add_mechanic, keep_portrait
from autodoctor.entrypoints.demo.people import PASSWORD, PEOPLE, WORKSHOP, DemoPerson
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

MakeReady = Callable[[str], None]
"""Finishes the onboarding of a payout account at the sandbox."""


def seed_plans(ports: Ports) -> None:
    """Only those that are not there: operators change them. Plans by video are kept and not
    offered: there is no video room yet."""
    with ports.transactions(SYSTEM) as tx:
        for plan in DEFAULT_PLANS:
            try:
                tx.plans.get(plan.slug)
            except PlanUnknown:
                offered = plan.kind is not SessionKind.VIDEO
                tx.plans.put(attrs.evolve(plan, active=offered))


def seed_demo(ports: Ports, make_ready: MakeReady) -> None:
    """Everybody who is not there yet; safe to run again, and after a crash in between."""
    if _workshop_missing(ports):
        account = _payout_account(ports, WORKSHOP, "workshop@demo.autodoctor.example", make_ready)
        with ports.transactions(SYSTEM) as tx:
            tx.workshops.add(_workshop(account))
    seed_company(ports)
    password_hash = ""
    for person in PEOPLE:
        if not _missing(ports, person):
            continue
        password_hash = password_hash or ports.passwords.hash(PASSWORD)
        payouts, photo = "", None
        if person.role is Role.MECHANIC:
            photo = keep_portrait(ports, person)
            payouts = _payout_account(ports, person.id, person.email, make_ready)
        with ports.transactions(SYSTEM) as tx:
            _add(ports, tx, person, password_hash=password_hash, payouts=payouts, photo=photo)


def _missing(ports: Ports, person: DemoPerson) -> bool:
    with ports.transactions(SYSTEM) as tx:
        return tx.accounts.by_email(EmailAddress(person.email)) is None


def _workshop_missing(ports: Ports) -> bool:
    try:
        with ports.transactions(SYSTEM) as tx:
            tx.workshops.get(WORKSHOP)
    except Missing:
        return True
    return False


def _payout_account(ports: Ports, owner: UUID, email: str, make_ready: MakeReady) -> str:
    account = ports.payout_accounts.create(account_id=AccountId(owner), email=email, country="CA")
    make_ready(account)
    return account


def _workshop(payout_account: str) -> Workshop:
    return Workshop(
        id=WORKSHOP,
        name="Queen Street Garage",
        province="ON",
        city="Toronto",
        approved=True,
        payout_account=payout_account,
        payouts_ready=True,
        profile=Profile(
            contact_name="Queenie Ross",
            email="workshop@demo.autodoctor.example",
            registration_number="BN 10293 8475",
            tax_id="10293 8475 RT0001",
            street="640 Queen Street West",
            postal_code="M6J 1E4",
            coverage=("M5V", "M6J", "M6K"),
            description="Brakes, gearboxes and hybrids, two streets from Trinity Bellwoods.",
            hours=tuple(Hours(day, time(8), time(18)) for day in range(5)),
        ),
    )


def _add(
    ports: Ports,
    tx: Transaction,
    person: DemoPerson,
    *,
    password_hash: str,
    payouts: str,
    photo: File | None,
) -> None:
    at = ports.now()
    account = Account(
        id=person.id,
        email=EmailAddress(person.email),
        name=person.name,
        password_hash=password_hash,
        roles=frozenset({person.role}),
        created_at=at,
        phone=person.phone,
        verified_at=at,
        workshop_id=WORKSHOP if person.role is Role.WORKSHOP else None,
        workshop_seat=Seat.OWNER if person.role is Role.WORKSHOP else None,
        organization_id=COMPANY if person.role is Role.CORPORATE else None,
        organization_seat=Seat.OWNER if person.role is Role.CORPORATE else None,
    )
    tx.accounts.add(account)
    employ(tx, account.id, account.name, at=at)
    if person.role is Role.CORPORATE:
        approved_application(tx, person.id, at=at)
    if person.role is Role.CUSTOMER:
        tx.consents.add(give(account_id=person.id, kinds=frozenset(REQUIRED), at=at))
    if photo is not None:
        add_mechanic(tx, account, person, payouts=payouts, photo=photo, at=at)
        if person.in_workshop:
            place, _events = ask(mechanic_id=MechanicId(person.id), workshop_id=WORKSHOP, at=at)
            tx.memberships.add(place.activate(at=at)[0])
