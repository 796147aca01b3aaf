"""What becomes of somebody who accepts a workshop's invitation: a mechanic who waits to be let
in, or one of its staff.

Refusals: MemberElsewhere, CapacityFull; StaffElsewhere.
"""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.application.mechanics.arrival import arrive
from autodoctor.application.mechanics.shift import put_off_shift
from autodoctor.application.workshops.invitation_letter import MEANING
from autodoctor.application.workshops.inviting import MECHANIC, check_room
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.invitation import Invitation
from autodoctor.domain.sessions.independence import SessionBetween
from autodoctor.domain.shared.actor import Actor, Role, Seat
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.workshops.events import SeatChanged
from autodoctor.domain.workshops.membership import MemberElsewhere, ask
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

__all__ = ["MEANING", "StaffElsewhere", "find", "role_of", "take", "where"]


@attrs.frozen
class StaffElsewhere(Conflict):
    """You are of the staff of another workshop, and have to leave it first."""


def find(tx: Transaction, host_id: UUID, lock: bool) -> Workshop:
    return tx.workshops.get(WorkshopId(host_id), lock=lock)


def where(host: Workshop) -> str:
    return f"{host.city}, {host.province}"


def role_of(place: str) -> Role:
    return Role.MECHANIC if place == MECHANIC else Role.WORKSHOP


def take(
    ports: Ports, tx: Transaction, account: Account, invitation: Invitation, at: datetime
) -> Account:
    """Raises SessionBetween for somebody who has a session with the workshop's people, of which
    both sides would be one; and StaffElsewhere, MemberElsewhere."""
    workshop = tx.workshops.get(WorkshopId(invitation.host_id))
    if tx.sessions.open_with(account.id, workshop.id):
        raise SessionBetween()
    if invitation.place == MECHANIC:
        saved = tx.accounts.save(account)
        _become_mechanic(ports, tx, saved, workshop, at=at)
        return saved
    if account.workshop_id not in (None, workshop.id):
        raise StaffElsewhere()
    seat = Seat(invitation.place)
    told = SeatChanged(account.id, workshop.id, seat)
    tx.outbox.record(told, by=Actor(account.id, Role.WORKSHOP), at=at)
    return tx.accounts.save(attrs.evolve(account, workshop_id=workshop.id, workshop_seat=seat))


def _become_mechanic(
    ports: Ports, tx: Transaction, account: Account, workshop: Workshop, *, at: datetime
) -> None:
    """They wait for the workshop, and take no requests until it has let them in; a session
    under way goes on."""
    mechanic_id = MechanicId(account.id)
    if tx.memberships.of_mechanic(mechanic_id) is not None:
        raise MemberElsewhere()
    check_room(tx, workshop)
    arrive(ports, tx, account, at=at)
    place, events = ask(mechanic_id=mechanic_id, workshop_id=workshop.id, at=at)
    tx.memberships.add(place)
    mechanic = put_off_shift(tx, tx.mechanics.get(mechanic_id, lock=True), at=at)
    waiting = attrs.evolve(mechanic, workshop_id=workshop.id, workshop_approved=False)
    tx.mechanics.save(waiting)
    tx.outbox.record(*events, by=Actor(account.id, Role.MECHANIC), at=at)
