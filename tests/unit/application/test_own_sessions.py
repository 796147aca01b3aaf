"""Nobody is paid for their own session."""

import attrs
import pytest

from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.mechanics.queue import queue
from autodoctor.application.sessions.accept import accept
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.sessions.independence import OwnSession
from autodoctor.domain.sessions.routing import RoutingKind
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import PlanSlug, WorkshopId
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session
from support.scenery import new_workshop
from support.towns import now, request_of


def as_mechanic(town: Town, who: Actor, workshop_id: WorkshopId | None = None) -> Actor:
    """The same person in another role; on shift, and approved by the workshop."""
    mechanic = Mechanic(
        id=who.mechanic_id,
        name="Casey Driver",
        approved=True,
        profile_completion=100,
        on_shift_since=town.clock.now(),
        workshop_id=workshop_id,
        workshop_approved=True,
    )
    with town.kept(SYSTEM) as tx:
        tx.mechanics.add(mechanic)
    return Actor(who.account_id, Role.MECHANIC)


def a_workshop(town: Town) -> WorkshopId:
    workshop = attrs.evolve(new_workshop(), approved=True)
    with town.kept(SYSTEM) as tx:
        tx.workshops.add(workshop)
    return workshop.id


def joins(town: Town, mechanic: Actor, workshop_id: WorkshopId) -> None:
    with town.kept(SYSTEM) as tx:
        known = tx.mechanics.get(mechanic.mechanic_id, lock=True)
        tx.mechanics.save(attrs.evolve(known, workshop_id=workshop_id, workshop_approved=True))


def owns(town: Town, who: Actor, workshop_id: WorkshopId) -> None:
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(who.account_id, lock=True)
        tx.accounts.save(attrs.evolve(account, workshop_id=workshop_id, workshop_seat=Seat.OWNER))


def check_refused(town: Town, mechanic: Actor, session: Session) -> None:
    with pytest.raises(OwnSession):
        accept(town.ports, actor=mechanic, request_id=request_of(town, session).id)
    assert now(town, session).status is SessionStatus.WAITING


def test_a_mechanic_does_not_take_their_own_booking_nor_see_it(town: Town) -> None:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    mechanic = as_mechanic(town, customer)

    check_refused(town, mechanic, session)
    assert queue(town.ports, actor=mechanic).offers == ()
    assert len(queue(town.ports, actor=a_mechanic(town.ports)).offers) == 1


def test_nor_does_a_mechanic_of_the_workshop_they_own(town: Town) -> None:
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    workshop_id = a_workshop(town)
    owns(town, customer, workshop_id)
    joins(town, mechanic, workshop_id)

    check_refused(town, mechanic, a_paid_session(town, customer))


def test_nor_does_a_colleague_of_the_workshop_they_work_for(town: Town) -> None:
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    workshop_id = a_workshop(town)
    session = a_paid_session(town, customer)
    as_mechanic(town, customer, workshop_id)
    joins(town, mechanic, workshop_id)

    check_refused(town, mechanic, session)


def form(**changes: object) -> IntakeForm:
    asked = IntakeForm(
        plan=PlanSlug("full-diagnostic"),
        concern="It squeals when I brake.",
        vehicle=Vehicle(2015, "Honda", "Civic"),
    )
    return attrs.evolve(asked, **changes)


def test_one_cannot_choose_oneself(town: Town) -> None:
    customer = a_customer(town.ports)
    as_mechanic(town, customer)

    with pytest.raises(OwnSession):
        start_intake(town.ports, actor=customer, form=form(chosen_mechanic_id=customer.mechanic_id))


def test_one_cannot_choose_the_workshop_one_works_for(town: Town) -> None:
    customer, workshop_id = a_customer(town.ports), a_workshop(town)
    owns(town, customer, workshop_id)

    with pytest.raises(InvalidField):
        start_intake(
            town.ports,
            actor=customer,
            form=form(routing=RoutingKind.WORKSHOP_ONLY, workshop_id=workshop_id),
        )
