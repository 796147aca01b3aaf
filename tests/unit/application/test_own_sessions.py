"""Nobody is paid for their own session."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.mechanics.queue import queue
from autodoctor.application.room.rating import rate
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.application.sessions.room import join
from autodoctor.application.workshops.places import take
from autodoctor.domain.accounts.invitation import Host, Invitation
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.sessions.independence import OwnRating, OwnSession, SessionBetween
from autodoctor.domain.sessions.routing import RoutingKind
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import InvitationId, PlanSlug, WorkshopId
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session
from support.scenery import new_workshop
from support.towns import Pair, completed, matched, now, request_of


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


def invited(town: Town, workshop_id: WorkshopId, who: Actor, place: str) -> None:
    """They follow an invitation to the workshop's staff, or to its mechanics."""
    owner = attrs.evolve(a_customer(town.ports), role=Role.WORKSHOP, workshop_id=workshop_id)
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(who.account_id, lock=True)
        invitation = Invitation(
            id=InvitationId(town.ports.ids.new()),
            host=Host.WORKSHOP,
            host_id=workshop_id,
            email=account.email,
            place=place,
            code_hash=b"",
            invited_by=owner.account_id,
            created_at=town.clock.now(),
            expires_at=town.clock.now() + timedelta(days=7),
        )
        take(town.ports, tx, account, invitation, town.clock.now())


@pytest.mark.parametrize("place", [Seat.ADMIN, "mechanic"])
def test_nobody_joins_the_workshop_that_has_taken_their_session_until_it_is_over(
    town: Town, place: str
) -> None:
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    workshop_id = a_workshop(town)
    joins(town, mechanic, workshop_id)
    session = a_paid_session(town, customer)
    accept(town.ports, actor=mechanic, request_id=request_of(town, session).id)

    with pytest.raises(SessionBetween):
        invited(town, workshop_id, customer, place)
    cancel_session(town.ports, actor=customer, session_id=session.id)

    invited(town, workshop_id, customer, place)


def tied(town: Town, pair: Pair) -> None:
    """However it came about: both belong to one workshop."""
    workshop_id = a_workshop(town)
    owns(town, pair.customer, workshop_id)
    joins(town, pair.mechanic, workshop_id)


def test_ties_that_came_after_it_was_accepted_keep_it_from_beginning(town: Town) -> None:
    pair = matched(town)
    tied(town, pair)

    for who in (pair.customer, pair.mechanic):
        with pytest.raises(OwnSession):
            join(town.ports, actor=who, session_id=pair.session.id)


def test_a_session_is_not_rated_from_within_the_workshop_that_gave_it(town: Town) -> None:
    pair = completed(town)
    tied(town, pair)

    with pytest.raises(OwnRating):
        rate(town.ports, actor=pair.customer, session_id=pair.session.id, stars=5, review="")
