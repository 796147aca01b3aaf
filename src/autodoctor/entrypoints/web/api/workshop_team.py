"""Inviting into a workshop, and following an invitation."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import attrs

from autodoctor.application.access.workshops import (
    FOLLOW_INVITATION,
    INVITE,
    TEAM,
)
from autodoctor.application.accounts.inviting import InTheTeamAlready, InvitedToAnother
from autodoctor.application.accounts.joining import (
    Joined,
    LogInToJoin,
    check_host,
    join_anew,
    join_known,
)
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.application.workshops.inviting import invitations, invite_person, revoke
from autodoctor.application.workshops.own import WorkshopUntold
from autodoctor.application.workshops.places import StaffElsewhere
from autodoctor.domain.accounts.consent import ConsentKind
from autodoctor.domain.accounts.invitation import (
    CapacityFull,
    Host,
    Invitation,
    InvitationExpired,
    InvitationNotYours,
    InvitationUsed,
)
from autodoctor.domain.sessions.independence import SessionBetween
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import InvitationId
from autodoctor.domain.workshops.membership import MemberElsewhere
from autodoctor.domain.workshops.workshop import WorkshopNotApproved, WorkshopSuspended
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

workshop_team = Endpoints("Workshops")

CLOSED = (WorkshopUntold, WorkshopNotApproved, WorkshopSuspended)
PlaceName = Literal["mechanic", "viewer", "advisor", "admin", "owner"]


class InviteBody(Body):
    email: str
    place: PlaceName = "mechanic"


@attrs.frozen(kw_only=True)
class InvitationAnswer:
    """Its code is in the mail alone."""

    id: UUID
    email: str
    place: str
    status: str
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, invitation: Invitation, *, at: datetime) -> "InvitationAnswer":
        return cls(
            id=invitation.id,
            email=invitation.email.text,
            place=invitation.place,
            status=invitation.status(at=at),
            created_at=invitation.created_at,
            expires_at=invitation.expires_at,
        )


@workshop_team.route(
    "POST",
    "/api/workshop/invite-mechanic",
    action=INVITE,
    body=InviteBody,
    answer=InvitationAnswer,
    status=201,
    refusals=(*CLOSED, InvalidField, InvitedToAnother, InTheTeamAlready, CapacityFull),
)
def invite(call: Call, *, body: InviteBody) -> InvitationAnswer:
    """Invite a mechanic, or somebody to a seat of the staff; they get a code by mail.

    Asking again returns the pending invitation and mails nothing.
    """
    found = invite_person(call.ports, actor=call.who, email=body.email, place=body.place)
    return InvitationAnswer.of(found, at=call.ports.now())


@attrs.frozen(kw_only=True)
class InvitationList:
    invitations: tuple[InvitationAnswer, ...]


@workshop_team.route(
    "GET", "/api/workshop/invitations", action=TEAM, answer=InvitationList, refusals=CLOSED
)
def invited(call: Call) -> InvitationList:
    """All invitations, newest first."""
    at = call.ports.now()
    found = invitations(call.ports, actor=call.who)
    return InvitationList(invitations=tuple(InvitationAnswer.of(each, at=at) for each in found))


@workshop_team.route(
    "DELETE",
    "/api/workshop/invitations/{invitation_id}",
    action=INVITE,
    refusals=(*CLOSED, Missing, InvitationUsed),
)
def take_back(call: Call, *, invitation_id: UUID) -> None:
    """Take an invitation back; again changes nothing."""
    revoke(call.ports, actor=call.who, invitation_id=InvitationId(invitation_id))


class JoinBody(Body):
    """Somebody logged in needs the `code` alone; somebody new also tells who they are."""

    code: str
    email: str = ""
    password: str = ""
    full_name: str = ""
    phone: str = ""
    adult: bool = False
    terms: bool = False
    privacy: bool = False
    marketplace: bool = False
    marketing: bool = False

    def sign_up(self) -> SignUp:
        return SignUp(
            email=self.email,
            password=self.password,
            full_name=self.full_name,
            phone=self.phone,
            consents=frozenset(kind for kind in ConsentKind if getattr(self, kind.value)),
        )


@attrs.frozen(kw_only=True)
class JoinedAnswer:
    """`place` is mechanic or a seat; a mechanic waits for the workshop to let them in."""

    account_id: UUID
    workshop_id: UUID
    workshop: str
    place: str
    login: str

    @classmethod
    def of(cls, joined: Joined) -> "JoinedAnswer":
        return cls(
            account_id=joined.account.id,
            workshop_id=joined.host_id,
            workshop=joined.host,
            place=joined.place,
            login=f"/{joined.role}/login",
        )


@workshop_team.route(
    "POST",
    "/api/mechanic/workshop-signup",
    action=FOLLOW_INVITATION,
    body=JoinBody,
    answer=JoinedAnswer,
    status=201,
    refusals=(
        *(Missing, InvitationNotYours, InvitationUsed, InvitationExpired, WorkshopSuspended),
        *(InvalidField, LogInToJoin, MemberElsewhere, StaffElsewhere),
        *(SessionBetween, CapacityFull),
    ),
    limit="invitation",
)
def join(call: Call, *, body: JoinBody) -> JoinedAnswer:
    """Follow an invitation: as who is logged in, or with a new account.

    A mechanic then waits for the workshop's approval, and a new one for ours.
    """
    check_host(call.ports, code=body.code, host=Host.WORKSHOP)
    if call.actor is not None:
        return JoinedAnswer.of(join_known(call.ports, actor=call.actor, code=body.code))
    return JoinedAnswer.of(join_anew(call.ports, code=body.code, form=body.sign_up()))
