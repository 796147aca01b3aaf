"""Workshops that got there through the use cases, and the people who run them."""

from typing import Any
from uuid import uuid4

import attrs

from autodoctor.application.workshops.applying import register
from autodoctor.application.workshops.details import Details
from autodoctor.application.workshops.overseeing import approve_workshop
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.ids import AccountId, WorkshopId
from autodoctor.ports.bundle import Ports
from support.people import Person, logged_in

ADMIN = Actor(AccountId(uuid4()), Role.ADMIN)


def details(**changes: Any) -> Details:
    given: dict[str, Any] = {
        "name": "Axle & Sons",
        "contact_name": "Andie Axle",
        "email": "garage@test.example",
        "registration_number": "BN 123456789",
        "tax_id": "123456789 RT0001",
        "street": "12 Queen Street West",
        "city": "Toronto",
        "province": "ON",
        "postal_code": "M5V 2T6",
        "coverage": ("M5V", "M6J"),
    }
    return Details(**{**given, **changes})


def an_account(ports: Ports, role: Role, *, email: str = "", name: str = "Andie Axle") -> Account:
    account = Account(
        id=AccountId(uuid4()),
        email=EmailAddress(email or f"{uuid4().hex}@test.example"),
        name=name,
        password_hash="!",
        roles=frozenset({role}),
        created_at=ports.now(),
        verified_at=ports.now(),
    )
    with ports.transactions(SYSTEM) as tx:
        tx.accounts.add(account)
    return account


def applicant(ports: Ports, **changes: Any) -> Actor:
    """The owner of a workshop that waits for a decision."""
    account = an_account(ports, Role.WORKSHOP)
    found = register(ports, actor=Actor(account.id, Role.WORKSHOP), details=details(**changes))
    return Actor(account.id, Role.WORKSHOP, found.workshop.id, seat=Seat.OWNER)


def owner(ports: Ports, **changes: Any) -> Actor:
    """Of a workshop that is open."""
    actor = applicant(ports, **changes)
    approve_workshop(ports, actor=ADMIN, workshop_id=own(actor))
    return actor


def own(actor: Actor) -> WorkshopId:
    assert actor.workshop_id is not None, "staff of a workshop"
    return actor.workshop_id


def with_seat(ports: Ports, of: Actor, seat: Seat) -> Actor:
    """Somebody else of the same workshop's staff."""
    account = an_account(ports, Role.WORKSHOP)
    with ports.transactions(SYSTEM) as tx:
        kept = tx.accounts.get(account.id, lock=True)
        tx.accounts.save(attrs.evolve(kept, workshop_id=of.workshop_id, workshop_seat=seat))
    return Actor(account.id, Role.WORKSHOP, of.workshop_id, seat=seat)


def workshop_owner(ports: Ports) -> Person:
    return logged_in(ports, owner(ports))
