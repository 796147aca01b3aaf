"""Those who run a company: seats, and inviting to one."""

from typing import Literal
from uuid import UUID

import attrs

from autodoctor.application.access.corporate import INVITE, SEATS, TEAM
from autodoctor.application.accounts.inviting import InTheTeamAlready, InvitedToAnother
from autodoctor.application.accounts.seats import LastOwnerStays
from autodoctor.application.corporate.inviting import invitations, invite_colleague, revoke
from autodoctor.application.corporate.seats import change_seat, staff, take_seat
from autodoctor.domain.accounts.invitation import InvitationUsed
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, InvitationId
from autodoctor.entrypoints.web.api.corporate_keys import CLOSED
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.workshop_people import StaffRow
from autodoctor.entrypoints.web.api.workshop_team import InvitationAnswer
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

company_team = Endpoints("Companies")

SeatName = Literal["viewer", "admin", "owner"]


@attrs.frozen(kw_only=True)
class CompanyTeamAnswer:
    """`invitations` are those to seats, newest first."""

    staff: tuple[StaffRow, ...]
    invitations: tuple[InvitationAnswer, ...]


@company_team.route(
    "GET", "/api/corporate/team", action=TEAM, answer=CompanyTeamAnswer, refusals=CLOSED
)
def team(call: Call) -> CompanyTeamAnswer:
    """Those who run the company, and whom they have invited to."""
    at = call.ports.now()
    people = (
        StaffRow(account_id=each.id, name=each.name, seat=each.organization_seat or "")
        for each in staff(call.ports, actor=call.who)
    )
    sent = invitations(call.ports, actor=call.who)
    return CompanyTeamAnswer(
        staff=tuple(people), invitations=tuple(InvitationAnswer.of(each, at=at) for each in sent)
    )


class ColleagueBody(Body):
    email: str
    seat: SeatName = "admin"


@company_team.route(
    "POST",
    "/api/corporate/team/invitations",
    action=INVITE,
    body=ColleagueBody,
    answer=InvitationAnswer,
    status=201,
    refusals=(*CLOSED, InvalidField, InvitedToAnother, InTheTeamAlready),
)
def invite(call: Call, *, body: ColleagueBody) -> InvitationAnswer:
    """Invite somebody to run the company; they get a code by mail.

    Asking again returns the pending invitation and mails nothing.
    """
    found = invite_colleague(call.ports, actor=call.who, email=body.email, place=body.seat)
    return InvitationAnswer.of(found, at=call.ports.now())


@company_team.route(
    "DELETE",
    "/api/corporate/team/invitations/{invitation_id}",
    action=INVITE,
    refusals=(*CLOSED, Missing, InvitationUsed),
)
def take_back(call: Call, *, invitation_id: UUID) -> None:
    """Take an invitation back; again changes nothing."""
    revoke(call.ports, actor=call.who, invitation_id=InvitationId(invitation_id))


class CompanySeatBody(Body):
    seat: SeatName


@company_team.route(
    "POST",
    "/api/corporate/team/{account_id}/seat",
    action=SEATS,
    body=CompanySeatBody,
    answer=StaffRow,
    refusals=(*CLOSED, Missing, LastOwnerStays),
)
def give_seat(call: Call, *, account_id: UUID, body: CompanySeatBody) -> StaffRow:
    """Give somebody who runs the company another seat. The last owner stays."""
    key = AccountId(account_id)
    done = change_seat(call.ports, actor=call.who, account_id=key, seat=body.seat)
    return StaffRow(account_id=done.id, name=done.name, seat=body.seat)


@company_team.route(
    "DELETE",
    "/api/corporate/team/{account_id}",
    action=SEATS,
    refusals=(*CLOSED, Missing, LastOwnerStays),
)
def remove(call: Call, *, account_id: UUID) -> None:
    """Take somebody's seat away; they are out at their next click."""
    take_seat(call.ports, actor=call.who, account_id=AccountId(account_id))
