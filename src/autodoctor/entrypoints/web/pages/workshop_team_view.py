"""A workshop's team and dashboard as ready strings."""

from typing import Final

import attrs

from autodoctor.application.workshops.dashboard import Dashboard
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.invitation import Invitation
from autodoctor.domain.shared.actor import Actor, Seat
from autodoctor.domain.workshops.membership import MembershipStatus
from autodoctor.entrypoints.web.pages.forms import FormView
from autodoctor.entrypoints.web.pages.team_lines import (
    INVITATIONS_SHOWN,
    InvitationLine,
    StaffLine,
    invitation_line,
    manages,
    staff_line,
)
from autodoctor.entrypoints.web.pages.viewer import initials
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Option, Person
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.workshop_queries import MemberView

STATUS: Final = {
    MembershipStatus.PENDING: ("Wants to join", Tone.WARN),
    MembershipStatus.ACTIVE: ("In the team", Tone.OK),
    MembershipStatus.INACTIVE: ("Paused", Tone.NEUTRAL),
}
SEAT_NAMES: Final = {
    Seat.VIEWER: "Viewer: sees figures and team",
    Seat.ADVISOR: "Advisor: escalated cars and quotes",
    Seat.ADMIN: "Admin: runs team and profile",
    Seat.OWNER: "Owner: everything, money included",
}


@attrs.frozen(kw_only=True)
class MemberLine:
    id: str
    person: Person
    state: str
    tone: Tone
    areas: str
    asking: bool
    active: bool
    paused: bool


@attrs.frozen(kw_only=True)
class TeamView:
    members: tuple[MemberLine, ...]
    invitations: tuple[InvitationLine, ...]
    staff: tuple[StaffLine, ...]
    places: tuple[Option, ...]
    seats: tuple[Option, ...]
    may_manage: bool
    may_seat: bool
    form: FormView


def team_view(
    members: tuple[MemberView, ...],
    invited: tuple[Invitation, ...],
    staff: tuple[Account, ...],
    when: When,
    *,
    viewer: Actor,
    form: FormView,
) -> TeamView:
    own = viewer.seat or Seat.OWNER
    seats = tuple(Option(seat.value, SEAT_NAMES[seat]) for seat in Seat)
    return TeamView(
        members=tuple(map(member_line, members)),
        invitations=tuple(invitation_line(each, when) for each in invited[:INVITATIONS_SHOWN]),
        staff=tuple(staff_line(each, each.workshop_seat) for each in staff),
        places=(Option("mechanic", "Mechanic"), *seats[: own.rank + 1]),
        seats=(*seats, Option("none", "Not of our staff any more")),
        may_manage=manages(viewer),
        may_seat=own is Seat.OWNER,
        form=form,
    )


def member_line(member: MemberView) -> MemberLine:
    label, tone = STATUS[member.status]
    return MemberLine(
        id=str(member.mechanic_id),
        person=Person(member.name, initials(member.name), note=_note(member)),
        state=label,
        tone=tone,
        areas=" ".join(member.areas),
        asking=member.status is MembershipStatus.PENDING,
        active=member.status is MembershipStatus.ACTIVE,
        paused=member.status is MembershipStatus.INACTIVE,
    )


def _note(member: MemberView) -> str:
    sessions = "1 session" if member.sessions == 1 else f"{member.sessions} sessions"
    shift = "on shift" if member.on_shift else "off shift"
    rated = f"{member.reputation.told} stars" if member.reputation.count else "not rated yet"
    papers = "" if member.approved else " · our own approval is still to come"
    return f"{shift.capitalize()} · {sessions} for you · {rated}{papers}"


@attrs.frozen(kw_only=True)
class DashboardView:
    name: str
    today: str
    week: str
    month: str
    under_way: str
    room: str
    on_shift: str
    asking: tuple[MemberLine, ...]
    members: tuple[MemberLine, ...]
    invitations: tuple[InvitationLine, ...]
    may_manage: bool
    payouts_missing: bool


def dashboard_view(found: Dashboard, when: When, *, may_manage: bool) -> DashboardView:
    return DashboardView(
        name=found.workshop.name,
        today=str(found.figures.today),
        week=str(found.figures.week),
        month=str(found.figures.month),
        under_way=str(found.figures.under_way),
        room=f"{len(found.team)} of {found.workshop.profile.capacity} places",
        on_shift=str(sum(each.on_shift for each in found.active)),
        asking=tuple(map(member_line, found.asking)),
        members=tuple(map(member_line, found.active)),
        invitations=tuple(invitation_line(each, when) for each in found.invitations),
        may_manage=may_manage,
        payouts_missing=not found.workshop.payouts_ready,
    )
