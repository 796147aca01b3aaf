"""What has to be there before a session can be kept, in any stores."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.booking.concern import ConcernCategory
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.plans.catalogue import FULL_DIAGNOSTIC
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import (
    AccountId,
    CheckoutId,
    CustomerId,
    IntakeId,
    MechanicId,
    SessionId,
    WorkshopId,
)
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.stories import brought_to

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)


def new_account(role: Role = Role.CUSTOMER, **changes: Any) -> Account:
    """Not kept yet, like all that is called new here."""
    account = Account(
        AccountId(uuid4()),
        EmailAddress(f"{uuid4().hex}@test.example"),
        "Casey Driver",
        "!",
        frozenset({role}),
        AT,
    )
    return attrs.evolve(account, **changes)


def an_account(kept: Transactions, role: Role = Role.CUSTOMER) -> Actor:
    account = new_account(role)
    with kept(SYSTEM) as tx:
        tx.accounts.add(account)
    return Actor(account.id, role)


def new_mechanic(actor: Actor) -> Mechanic:
    return Mechanic(
        id=actor.mechanic_id, name="Morgan Wrench", approved=True, profile_completion=100
    )


def a_mechanic(kept: Transactions) -> Actor:
    actor = an_account(kept, Role.MECHANIC)
    with kept(SYSTEM) as tx:
        tx.mechanics.add(new_mechanic(actor))
    return actor


def new_workshop() -> Workshop:
    return Workshop(id=WorkshopId(uuid4()), name="Axle & Sons", province="ON", city="Toronto")


def new_intake(kept: Transactions, customer_id: CustomerId) -> Intake:
    """Its plan is kept, if it was not yet."""
    with kept(SYSTEM) as tx:
        tx.plans.put(FULL_DIAGNOSTIC)
    return Intake(
        id=IntakeId(uuid4()),
        customer_id=customer_id,
        plan=FULL_DIAGNOSTIC.slug,
        vehicle=None,
        concern="It squeals when I brake.",
        category=ConcernCategory.DIAGNOSTIC_HELP,
        created_at=AT,
    )


def an_intake(kept: Transactions, customer_id: CustomerId) -> Intake:
    intake = new_intake(kept, customer_id)
    with kept(SYSTEM) as tx:
        tx.intakes.add(intake)
    return intake


def new_checkout(kept: Transactions, intake: Intake | None = None) -> Checkout:
    """For that intake, or for one of somebody new."""
    intake = intake or an_intake(kept, an_account(kept).customer_id)
    return Checkout(
        id=CheckoutId(uuid4()),
        intake_id=intake.id,
        customer_id=intake.customer_id,
        plan=intake.plan,
        price=FULL_DIAGNOSTIC.price,
        created_at=AT,
        expires_at=AT + timedelta(minutes=35),
    )


def a_checkout(kept: Transactions, intake: Intake) -> Checkout:
    checkout = new_checkout(kept, intake)
    with kept(SYSTEM) as tx:
        tx.checkouts.add(checkout)
    return checkout


def a_session(
    kept: Transactions,
    *,
    status: SessionStatus = SessionStatus.WAITING,
    customer: UUID | None = None,
    mechanic: UUID | None = None,
) -> Session:
    """In that state, of somebody new unless told, with its intake and checkout; not kept."""
    customer_id = CustomerId(customer or an_account(kept).account_id)
    intake = an_intake(kept, customer_id)
    session = brought_to(status).session
    taken = session.mechanic_id is not None
    if taken and mechanic is None:
        mechanic = a_mechanic(kept).account_id
    return attrs.evolve(
        session,
        id=SessionId(uuid4()),
        customer_id=customer_id,
        intake_id=intake.id,
        checkout_id=a_checkout(kept, intake).id,
        mechanic_id=MechanicId(mechanic) if taken and mechanic else None,
        version=0,
    )


def a_kept_session(
    kept: Transactions,
    *,
    status: SessionStatus = SessionStatus.WAITING,
    customer: UUID | None = None,
    mechanic: UUID | None = None,
) -> Session:
    session = a_session(kept, status=status, customer=customer, mechanic=mechanic)
    with kept(SYSTEM) as tx:
        tx.sessions.add(session)
    return session
