"""May this actor do this to that: asked first by every use case.

What belongs to somebody else is not there: Missing, the same answer as for an id that nobody
has. An action names the roles that may do it and how far each of them reaches.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.actor import Actor, Role, Seat
from autodoctor.domain.shared.errors import Forbidden
from autodoctor.domain.shared.ids import (
    AccountId,
    CustomerId,
    MechanicId,
    OrganizationId,
    WorkshopId,
)
from autodoctor.ports.stores import Missing


class Reach(StrEnum):
    """Whose things a role may touch: their own, those of their organization, anybody's."""

    OWN = "own"
    ORGANIZATION = "organization"
    ANY = "any"


class Proof(StrEnum):
    """What a caller shows: a login, nothing, or a secret of their own."""

    LOGIN = "login"
    HALF_LOGIN = "half a login"
    NONE = "nothing"
    CRON_SECRET = "cron secret"
    SIGNATURE = "payment provider's signature"
    DEBUG = "development setting, and admins"


@attrs.frozen
class WrongRole(Forbidden):
    """This is for another role; sign in with it."""

    needed: Role


@attrs.frozen
class SeatTooLow(Forbidden):
    """Your place in the team does not allow this; ask an owner or admin of it."""

    needed: Seat


@attrs.frozen
class NotForKeys(Forbidden):
    """An API key does not open this; log in."""


@attrs.frozen(kw_only=True)
class Whose:
    """Who a thing belongs to; None where it belongs to nobody of that kind."""

    account_id: AccountId | None = None
    customer_id: CustomerId | None = None
    mechanic_id: MechanicId | None = None
    workshop_id: WorkshopId | None = None
    organization_id: OrganizationId | None = None


@attrs.frozen
class Action:
    """Something people do. `kind` is the thing it is done to, as a refusal names it; `seat` is
    the least place in a workshop or company that may do it; `keys` says whether an API key of
    the company may, too."""

    name: str
    reach: Mapping[Role, Reach] = attrs.field(factory=dict)
    kind: str = "thing"
    seat: Seat = Seat.VIEWER
    proof: Proof = Proof.LOGIN
    keys: bool = False

    def by(self, *roles: Role) -> "Action":
        """The same, offered to fewer roles: by an endpoint or page that is theirs alone."""
        kept = {role: self.reach[role] for role in roles}
        return attrs.evolve(self, name=f"{self.name} by {', '.join(roles)}", reach=kept)

    @property
    def who(self) -> str:
        """For whom it is, as the API's documentation says it."""
        if self.proof not in (Proof.LOGIN, Proof.HALF_LOGIN):
            return "everybody" if self.proof is Proof.NONE else f"holders of the {self.proof.value}"
        people = [role.value for role in Role if role in self.reach]
        if len(people) == len(PEOPLE):
            return "anybody signed in"
        return " or ".join([*people, *(["holders of an API key"] if self.keys else [])])


PEOPLE: Final = tuple(role for role in Role if role is not Role.SYSTEM)


def everybody(reach: Reach = Reach.OWN) -> dict[Role, Reach]:
    """Whatever their role."""
    return dict.fromkeys(PEOPLE, reach)


def may(actor: Actor, action: Action, whose: Whose | None = None) -> None:
    """Refusals, in order: WrongRole, NotForKeys, SeatTooLow, Missing. Without `whose` it is
    asked only whether the role may do such a thing at all; the system may do everything."""
    if actor.role is Role.SYSTEM:
        return
    if actor.role not in action.reach:
        raise WrongRole(next(iter(action.reach)))
    if actor.key_id is not None and not action.keys:
        raise NotForKeys()
    if actor.seat is not None and actor.seat.rank < action.seat.rank:
        raise SeatTooLow(action.seat)
    if whose is not None and not _reaches(actor, action.reach[actor.role], whose):
        raise Missing(action.kind)


def _reaches(actor: Actor, reach: Reach, whose: Whose) -> bool:
    match reach:
        case Reach.ANY:
            return True
        case Reach.ORGANIZATION:
            return _owns(actor, whose) or _belongs(actor, whose)
        case Reach.OWN:
            return _owns(actor, whose)


def _owns(actor: Actor, whose: Whose) -> bool:
    """As the hat they wear: a mechanic does not own what they bought as a customer."""
    if actor.role is Role.CUSTOMER and whose.customer_id is not None:
        return whose.customer_id == actor.customer_id
    if actor.role is Role.MECHANIC and whose.mechanic_id is not None:
        return whose.mechanic_id == actor.mechanic_id
    return whose.account_id == actor.account_id


def _belongs(actor: Actor, whose: Whose) -> bool:
    """Workshop staff to their workshop, a company's people to their organization."""
    if actor.role is Role.WORKSHOP:
        return actor.workshop_id is not None and whose.workshop_id == actor.workshop_id
    if actor.role is Role.CORPORATE:
        return actor.organization_id is not None and whose.organization_id == actor.organization_id
    return False
