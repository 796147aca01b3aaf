"""What is on a workshop's dashboard."""

import attrs

from autodoctor.application.access.workshops import DASHBOARD
from autodoctor.application.workshops.dashboard import dashboard
from autodoctor.entrypoints.web.api.declare import Endpoints
from autodoctor.entrypoints.web.api.workshop_people import MemberRow
from autodoctor.entrypoints.web.api.workshop_team import CLOSED, InvitationAnswer
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.workshop_queries import WorkshopFigures

workshop_dashboard = Endpoints("Workshops")


@attrs.frozen(kw_only=True)
class DashboardAnswer:
    """`sessions` are those of the workshop's own mechanics; `invitations` can still be
    accepted; `approvals` are mechanics who wait to be let in."""

    name: str
    city: str
    capacity: int
    payouts_ready: bool
    sessions: WorkshopFigures
    mechanics: tuple[MemberRow, ...]
    approvals: tuple[MemberRow, ...]
    invitations: tuple[InvitationAnswer, ...]


@workshop_dashboard.route(
    "GET",
    "/api/workshop/dashboard",
    action=DASHBOARD,
    answer=DashboardAnswer,
    refusals=CLOSED,
)
def show(call: Call) -> DashboardAnswer:
    """Team, approvals, invitations and session figures of one's own workshop."""
    found, at = dashboard(call.ports, actor=call.who), call.ports.now()
    return DashboardAnswer(
        name=found.workshop.name,
        city=found.workshop.city,
        capacity=found.workshop.profile.capacity,
        payouts_ready=found.workshop.payouts_ready,
        sessions=found.figures,
        mechanics=tuple(map(MemberRow.of, found.team)),
        approvals=tuple(map(MemberRow.of, found.asking)),
        invitations=tuple(InvitationAnswer.of(each, at=at) for each in found.invitations),
    )
