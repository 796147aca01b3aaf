"""May this actor do this to that: asked first by every use case.

What belongs to somebody else is not there: NotFound, the same answer as for an id that
nobody has.
"""

import attrs

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import Forbidden
from autodoctor.domain.shared.ids import CustomerId
from autodoctor.ports.stores import Missing


@attrs.frozen
class WrongRole(Forbidden):
    """This is for another role; sign in with it."""

    needed: Role


def require(actor: Actor, role: Role) -> None:
    if actor.role is not role:
        raise WrongRole(role)


def require_any(actor: Actor, *roles: Role) -> None:
    if actor.role not in roles:
        raise WrongRole(roles[0])


def require_own(actor: Actor, customer_id: CustomerId, *, kind: str) -> None:
    """The customer whose it is, or an admin."""
    if actor.role is Role.ADMIN or actor.role is Role.SYSTEM:
        return
    if actor.role is not Role.CUSTOMER or actor.customer_id != customer_id:
        raise Missing(kind)


def party_of(actor: Actor, session: Session) -> Party:
    """Which of the two the actor is in this session; Missing for everybody else."""
    if actor.role is Role.CUSTOMER and actor.customer_id == session.customer_id:
        return Party.CUSTOMER
    if actor.role is Role.MECHANIC and actor.mechanic_id == session.mechanic_id:
        return Party.MECHANIC
    raise Missing("session")


def require_inside(actor: Actor, session: Session) -> None:
    """Either party, or an admin who looks on."""
    if actor.role in (Role.ADMIN, Role.SYSTEM):
        return
    party_of(actor, session)
