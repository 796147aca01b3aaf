"""Following a company's invitation."""

from uuid import UUID

import attrs

from autodoctor.application.access.workshops import FOLLOW_INVITATION
from autodoctor.application.accounts.joining import (
    Joined,
    LogInToJoin,
    check_host,
    join_anew,
    join_known,
)
from autodoctor.application.corporate.places import RunningElsewhere
from autodoctor.domain.accounts.invitation import (
    Host,
    InvitationExpired,
    InvitationNotYours,
    InvitationUsed,
)
from autodoctor.domain.corporate.employee import EmployedAlready, EmployedElsewhere
from autodoctor.domain.corporate.organization import (
    OrganizationNotApproved,
    OrganizationSuspended,
    SeatsFull,
)
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.api.declare import Endpoints
from autodoctor.entrypoints.web.api.workshop_team import JoinBody
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.doors import DOORS
from autodoctor.ports.stores import Missing

company_invitations = Endpoints("Companies")


@attrs.frozen(kw_only=True)
class CompanyJoined:
    """`place` is employee, or the seat of somebody who runs the company."""

    account_id: UUID
    organization_id: UUID
    company: str
    place: str
    login: str

    @classmethod
    def of(cls, joined: Joined) -> "CompanyJoined":
        return cls(
            account_id=joined.account.id,
            organization_id=joined.host_id,
            company=joined.host,
            place=joined.place,
            login=DOORS[joined.role].path,
        )


@company_invitations.route(
    "POST",
    "/api/customer/company-signup",
    action=FOLLOW_INVITATION,
    body=JoinBody,
    answer=CompanyJoined,
    status=201,
    refusals=(
        *(Missing, InvitationNotYours, InvitationUsed, InvitationExpired, InvalidField),
        *(OrganizationNotApproved, OrganizationSuspended, LogInToJoin, EmployedAlready),
        *(EmployedElsewhere, SeatsFull, RunningElsewhere),
    ),
    limit="invitation",
)
def join(call: Call, *, body: JoinBody) -> CompanyJoined:
    """Follow a company's invitation: as who is logged in, or with a new account.

    An employee becomes a customer who books for the company, unless they book privately.
    """
    check_host(call.ports, code=body.code, host=Host.ORGANIZATION)
    if call.actor is not None:
        return CompanyJoined.of(join_known(call.ports, actor=call.actor, code=body.code))
    return CompanyJoined.of(join_anew(call.ports, code=body.code, form=body.sign_up()))
