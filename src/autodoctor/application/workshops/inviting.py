"""A workshop invites: one person, by mail, to one place."""

from functools import partial
from typing import Final

from autodoctor.application.access.may import may
from autodoctor.application.access.workshops import INVITE, TEAM
from autodoctor.application.accounts.inviting import (
    InTheTeamAlready,
    check_seat_given,
    invited_before,
    send,
    take_back,
)
from autodoctor.application.workshops.invitation_letter import invitation_letter
from autodoctor.application.workshops.own import open_workshop
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import CapacityFull, Host, Invitation
from autodoctor.domain.shared.actor import SYSTEM, Actor, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import InvitationId
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

MECHANIC: Final = "mechanic"
PLACES: Final = (MECHANIC, *(seat.value for seat in Seat))


def invite_person(ports: Ports, *, actor: Actor, email: str, place: str = MECHANIC) -> Invitation:
    """Asking again returns the pending one, and mails nothing. Refusals: WrongRole, SeatTooLow
    (also for a seat above one's own), InvalidField, WorkshopUntold, WorkshopNotApproved,
    WorkshopSuspended, InvitedToAnother, InTheTeamAlready, CapacityFull."""
    may(actor, INVITE)
    address = EmailAddress.parse(email)
    _check_place(actor, place)
    with ports.transactions(actor) as tx:
        workshop = open_workshop(tx, actor, lock=True)
        pending = invited_before(ports, tx, workshop.id, to=address, place=place)
        if pending is not None:
            return pending
        _refuse_known(tx, workshop, address)
        if place == MECHANIC:
            check_room(tx, workshop)
        return send(
            ports,
            tx,
            host=Host.WORKSHOP,
            host_id=workshop.id,
            to=address,
            place=place,
            by=actor,
            letter=partial(invitation_letter, workshop.name, place),
        )


def _check_place(actor: Actor, place: str) -> None:
    if place not in PLACES:
        raise InvalidField("place", f"One of {', '.join(PLACES)}.")
    if place != MECHANIC:
        check_seat_given(actor, Seat(place))


def _refuse_known(tx: Transaction, workshop: Workshop, address: EmailAddress) -> None:
    account = tx.accounts.by_email(address)
    if account is None:
        return
    place = tx.memberships.of_mechanic(Actor(account.id, SYSTEM.role).mechanic_id)
    if account.workshop_id == workshop.id or (place and place.workshop_id == workshop.id):
        raise InTheTeamAlready()


def check_room(tx: Transaction, workshop: Workshop) -> None:
    """Under the workshop's lock. Raises CapacityFull."""
    if tx.memberships.count(workshop.id) >= workshop.profile.capacity:
        raise CapacityFull(workshop.profile.capacity)


def revoke(ports: Ports, *, actor: Actor, invitation_id: InvitationId) -> Invitation:
    """Takes one back; again changes nothing. Refusals: Missing, InvitationUsed."""
    may(actor, INVITE)
    with ports.transactions(actor) as tx:
        return take_back(ports, tx, open_workshop(tx, actor).id, invitation_id)


def invitations(ports: Ports, *, actor: Actor) -> tuple[Invitation, ...]:
    """Newest first."""
    may(actor, TEAM)
    with ports.transactions(actor) as tx:
        return tx.invitations.of_host(open_workshop(tx, actor).id)
