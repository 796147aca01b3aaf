"""A workshop invites: one person, by mail, to one place."""

from hashlib import sha256
from typing import Final

import attrs

from autodoctor.application.access.may import SeatTooLow, may
from autodoctor.application.access.workshops import INVITE, TEAM
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.notifications.post import post
from autodoctor.application.workshops.invitation_letter import invitation_letter
from autodoctor.application.workshops.own import open_workshop
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import (
    CODE_LENGTH,
    CapacityFull,
    Host,
    Invitation,
    invite,
)
from autodoctor.domain.shared.actor import SYSTEM, Actor, Seat
from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import InvitationId, WorkshopId
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

MECHANIC: Final = "mechanic"
PLACES: Final = (MECHANIC, *(seat.value for seat in Seat))


@attrs.frozen
class InvitedToAnother(Conflict):
    """This person has an invitation to another place here; take that one back first."""

    place: str


@attrs.frozen
class InTheTeamAlready(Conflict):
    """This person is in your team already."""


@attrs.frozen
class Preview:
    """What an invitation says before anybody has accepted it."""

    invitation: Invitation
    workshop: Workshop
    invited_by: str


def invite_person(ports: Ports, *, actor: Actor, email: str, place: str = MECHANIC) -> Invitation:
    """Asking again returns the pending one, and mails nothing. Refusals: WrongRole, SeatTooLow
    (also for a seat above one's own), InvalidField, WorkshopUntold, WorkshopNotApproved,
    WorkshopSuspended, InvitedToAnother, InTheTeamAlready, CapacityFull."""
    may(actor, INVITE)
    address = EmailAddress.parse(email)
    _check_place(actor, place)
    at = ports.now()
    with ports.transactions(actor) as tx:
        workshop = open_workshop(tx, actor, lock=True)
        pending = tx.invitations.pending(workshop.id, address, at=at)
        if pending is not None:
            if pending.place != place:
                raise InvitedToAnother(pending.place)
            return pending
        _refuse_known(tx, workshop, address)
        if place == MECHANIC:
            check_room(tx, workshop)
        return _send(ports, tx, workshop, by=actor, to=address, place=place)


def _check_place(actor: Actor, place: str) -> None:
    if place not in PLACES:
        raise InvalidField("place", f"One of {', '.join(PLACES)}.")
    if place != MECHANIC and actor.seat is not None and Seat(place).rank > actor.seat.rank:
        raise SeatTooLow(Seat(place))


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


def _send(
    ports: Ports,
    tx: Transaction,
    workshop: Workshop,
    *,
    by: Actor,
    to: EmailAddress,
    place: str,
) -> Invitation:
    code = sha256(ports.ids.secret().encode()).hexdigest()[:CODE_LENGTH]
    invitation, events = invite(
        invitation_id=InvitationId(ports.ids.new()),
        host=Host.WORKSHOP,
        host_id=workshop.id,
        email=to,
        place=place,
        code_hash=digest(code),
        by=by.account_id,
        at=ports.now(),
    )
    tx.invitations.add(invitation)
    inviter = tx.accounts.get(by.account_id).name
    url = f"{ports.rules.public_url}/invitations/{code}"
    letter = invitation_letter(workshop.name, inviter, place, url)
    post(
        ports,
        tx,
        letter,
        to=to,
        occasion="invitation",
        reference=str(invitation.id),
        account_id=None,
    )
    tx.outbox.record(*events, by=by, at=ports.now())
    return invitation


def revoke(ports: Ports, *, actor: Actor, invitation_id: InvitationId) -> Invitation:
    """Takes one back; again changes nothing. Refusals: Missing, InvitationUsed."""
    may(actor, INVITE)
    with ports.transactions(actor) as tx:
        open_workshop(tx, actor)
        before = tx.invitations.get(invitation_id, lock=True)
        if before.host_id != actor.workshop_id:
            raise Missing("invitation")
        after = before.revoke(at=ports.now())
        return before if after is before else tx.invitations.save(after)


def invitations(ports: Ports, *, actor: Actor) -> tuple[Invitation, ...]:
    """Newest first."""
    may(actor, TEAM)
    with ports.transactions(actor) as tx:
        return tx.invitations.of_host(open_workshop(tx, actor).id)


def preview(ports: Ports, *, code: str) -> Preview:
    """For whoever holds the code. Raises Missing."""
    with ports.transactions(SYSTEM) as tx:
        invitation = by_code(tx, code)
        workshop = tx.workshops.get(WorkshopId(invitation.host_id))
        return Preview(invitation, workshop, tx.accounts.get(invitation.invited_by).name)


def by_code(tx: Transaction, code: str) -> Invitation:
    """Raises Missing."""
    found = tx.invitations.by_code(digest(code.strip().lower()))
    if found is None:
        raise Missing("invitation")
    return found
