"""A workshop's people: letting in, pausing, removing, whom they serve, and seats."""

from typing import Literal
from uuid import UUID

import attrs

from autodoctor.application.access.workshops import LEAVE, MANAGE, SEATS, TEAM
from autodoctor.application.accounts.seats import LastOwnerStays
from autodoctor.application.workshops import seats
from autodoctor.application.workshops import team as members
from autodoctor.domain.shared.actor import Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, MechanicId
from autodoctor.domain.workshops.membership import Membership, NotMemberYet
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.workshop_team import CLOSED
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing
from autodoctor.ports.workshop_queries import MemberView

workshop_people = Endpoints("Workshops")


@attrs.frozen(kw_only=True)
class MemberRow:
    mechanic_id: UUID
    name: str
    status: str
    areas: tuple[str, ...]
    approved: bool
    on_shift: bool
    rating: str
    sessions: int

    @classmethod
    def of(cls, member: MemberView) -> "MemberRow":
        return cls(
            mechanic_id=member.mechanic_id,
            name=member.name,
            status=member.status,
            areas=member.areas,
            approved=member.approved,
            on_shift=member.on_shift,
            rating=member.reputation.told,
            sessions=member.sessions,
        )


@attrs.frozen(kw_only=True)
class StaffRow:
    account_id: UUID
    name: str
    seat: str


@attrs.frozen(kw_only=True)
class TeamAnswer:
    mechanics: tuple[MemberRow, ...]
    staff: tuple[StaffRow, ...]


@workshop_people.route("GET", "/api/workshop/team", action=TEAM, answer=TeamAnswer, refusals=CLOSED)
def team(call: Call) -> TeamAnswer:
    """The workshop's mechanics and staff."""
    rows = map(MemberRow.of, members.team(call.ports, actor=call.who))
    people = (
        StaffRow(account_id=each.id, name=each.name, seat=each.workshop_seat or "")
        for each in seats.staff(call.ports, actor=call.who)
    )
    return TeamAnswer(mechanics=tuple(rows), staff=tuple(people))


@attrs.frozen(kw_only=True)
class PlaceAnswer:
    mechanic_id: UUID
    status: str
    areas: tuple[str, ...]

    @classmethod
    def of(cls, place: Membership) -> "PlaceAnswer":
        return cls(mechanic_id=place.id, status=place.status, areas=place.areas)


@workshop_people.route(
    "POST",
    "/api/workshop/mechanics/{mechanic_id}/activate",
    action=MANAGE,
    answer=PlaceAnswer,
    refusals=(*CLOSED, Missing),
)
def activate(call: Call, *, mechanic_id: UUID) -> PlaceAnswer:
    """Let in a mechanic who accepted an invitation, or back in one who was paused."""
    key = MechanicId(mechanic_id)
    return PlaceAnswer.of(members.activate(call.ports, actor=call.who, mechanic_id=key))


@workshop_people.route(
    "POST",
    "/api/workshop/mechanics/{mechanic_id}/deactivate",
    action=MANAGE,
    answer=PlaceAnswer,
    refusals=(*CLOSED, Missing, NotMemberYet),
)
def deactivate(call: Call, *, mechanic_id: UUID) -> PlaceAnswer:
    """Pause a mechanic: no requests until they are let back in."""
    key = MechanicId(mechanic_id)
    return PlaceAnswer.of(members.deactivate(call.ports, actor=call.who, mechanic_id=key))


class AreasBody(Body):
    """The beginnings of postal codes; none means all that the workshop serves."""

    areas: tuple[str, ...]


@workshop_people.route(
    "POST",
    "/api/workshop/mechanics/{mechanic_id}/areas",
    action=MANAGE,
    body=AreasBody,
    answer=PlaceAnswer,
    refusals=(*CLOSED, Missing, InvalidField),
)
def areas(call: Call, *, mechanic_id: UUID, body: AreasBody) -> PlaceAnswer:
    """Say whom a mechanic serves for the workshop."""
    key = MechanicId(mechanic_id)
    place = members.serve_areas(call.ports, actor=call.who, mechanic_id=key, areas=body.areas)
    return PlaceAnswer.of(place)


@workshop_people.route(
    "DELETE",
    "/api/workshop/mechanics/{mechanic_id}",
    action=MANAGE,
    refusals=(*CLOSED, Missing),
)
def remove(call: Call, *, mechanic_id: UUID) -> None:
    """Refuse who asked, or remove who is in. A session under way goes on."""
    members.remove(call.ports, actor=call.who, mechanic_id=MechanicId(mechanic_id))


@workshop_people.route("DELETE", "/api/mechanic/workshop", action=LEAVE, refusals=(Missing,))
def leave(call: Call) -> None:
    """Leave one's workshop, or take back that one asked to be let in."""
    members.leave(call.ports, actor=call.who)


class SeatBody(Body):
    seat: Literal["viewer", "advisor", "admin", "owner"]


@workshop_people.route(
    "POST",
    "/api/workshop/staff/{account_id}/seat",
    action=SEATS,
    body=SeatBody,
    answer=StaffRow,
    refusals=(*CLOSED, Missing, LastOwnerStays),
)
def change_seat(call: Call, *, account_id: UUID, body: SeatBody) -> StaffRow:
    """Give somebody of the staff another seat. The last owner stays."""
    done = seats.change_seat(
        call.ports, actor=call.who, account_id=AccountId(account_id), seat=Seat(body.seat)
    )
    return StaffRow(account_id=done.id, name=done.name, seat=body.seat)


@workshop_people.route(
    "DELETE",
    "/api/workshop/staff/{account_id}",
    action=SEATS,
    refusals=(*CLOSED, Missing, LastOwnerStays),
)
def take_seat(call: Call, *, account_id: UUID) -> None:
    """Take somebody out of the staff; they are out at their next click."""
    seats.take_seat(call.ports, actor=call.who, account_id=AccountId(account_id))
