"""A workshop runs its mechanics: lets in, pauses, removes, says whom they serve."""

from datetime import datetime

import attrs

from autodoctor.application.access.may import Whose, may
from autodoctor.application.access.workshops import LEAVE, MANAGE, TEAM
from autodoctor.application.mechanics.shift import put_off_shift
from autodoctor.application.workshops.own import open_workshop
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.domain.workshops.events import MemberLeft
from autodoctor.domain.workshops.membership import Change, Membership, MembershipStatus
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction
from autodoctor.ports.workshop_queries import MemberView


def team(ports: Ports, *, actor: Actor) -> tuple[MemberView, ...]:
    """By name."""
    may(actor, TEAM)
    with ports.transactions(actor) as tx:
        workshop = open_workshop(tx, actor)
    return ports.queries.workshops.team(workshop.id)


def activate(ports: Ports, *, actor: Actor, mechanic_id: MechanicId) -> Membership:
    """Lets in who asked, or back in who was paused. Again changes nothing."""
    may(actor, MANAGE)
    at = ports.now()
    with ports.transactions(actor) as tx:
        before = _member(tx, actor, mechanic_id)
        return _keep(tx, before.activate(at=at), actor, at=at)


def deactivate(ports: Ports, *, actor: Actor, mechanic_id: MechanicId) -> Membership:
    """They take no requests until they are let back in; a session under way goes on. Again
    changes nothing. Refusals: Missing, NotMemberYet."""
    may(actor, MANAGE)
    at = ports.now()
    with ports.transactions(actor) as tx:
        before = _member(tx, actor, mechanic_id)
        return _keep(tx, before.deactivate(), actor, at=at)


def serve_areas(
    ports: Ports, *, actor: Actor, mechanic_id: MechanicId, areas: tuple[str, ...]
) -> Membership:
    """Refusals: Missing, InvalidField."""
    may(actor, MANAGE)
    with ports.transactions(actor) as tx:
        return tx.memberships.save(_member(tx, actor, mechanic_id).serve(areas))


def remove(ports: Ports, *, actor: Actor, mechanic_id: MechanicId) -> None:
    """Who asked is refused, who is in is out; they go on on their own account, and so does a
    session under way, whose terms stay as they were."""
    may(actor, MANAGE)
    with ports.transactions(actor) as tx:
        end_membership(tx, _member(tx, actor, mechanic_id), by=actor, at=ports.now())


def leave(ports: Ports, *, actor: Actor) -> None:
    """A mechanic goes by themselves. Raises Missing for one without a workshop."""
    may(actor, LEAVE)
    with ports.transactions(actor) as tx:
        place = tx.memberships.get(actor.mechanic_id, lock=True)
        end_membership(tx, place, by=actor, at=ports.now())


def end_membership(tx: Transaction, place: Membership, *, by: Actor, at: datetime) -> None:
    tx.memberships.remove(place.id)
    mechanic = tx.mechanics.get(place.id, lock=True)
    tx.mechanics.save(attrs.evolve(mechanic, workshop_id=None, workshop_approved=True))
    refused = place.status is MembershipStatus.PENDING
    tx.outbox.record(MemberLeft(place.id, place.workshop_id, refused), by=by, at=at)


def _member(tx: Transaction, actor: Actor, mechanic_id: MechanicId) -> Membership:
    """Of one's own workshop, locked; anybody else is not there."""
    open_workshop(tx, actor)
    place = tx.memberships.get(mechanic_id, lock=True)
    may(actor, MANAGE, Whose(workshop_id=place.workshop_id))
    return place


def _keep(tx: Transaction, change: Change, actor: Actor, *, at: datetime) -> Membership:
    """The mechanic's own record follows the place: matching reads nothing else."""
    after, events = change
    if not events:
        return after
    mechanic = tx.mechanics.get(after.id, lock=True)
    if not after.active:
        mechanic = put_off_shift(tx, mechanic, at=at)
    tx.mechanics.save(attrs.evolve(mechanic, workshop_approved=after.active))
    tx.outbox.record(*events, by=actor, at=at)
    return tx.memberships.save(after)
