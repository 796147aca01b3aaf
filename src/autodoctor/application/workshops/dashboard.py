"""What a workshop's staff see first: who asks, who works, what was done."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.workshops import DASHBOARD
from autodoctor.application.workshops.own import open_workshop
from autodoctor.domain.accounts.invitation import Invitation, InvitationStatus
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.workshops.membership import MembershipStatus
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.bundle import Ports
from autodoctor.ports.workshop_queries import MemberView, WorkshopFigures


@attrs.frozen
class Dashboard:
    """`invitations` are those that can still be accepted, newest first."""

    workshop: Workshop
    figures: WorkshopFigures
    team: tuple[MemberView, ...]
    invitations: tuple[Invitation, ...]

    @property
    def asking(self) -> tuple[MemberView, ...]:
        """Those who wait to be let in."""
        return tuple(each for each in self.team if each.status is MembershipStatus.PENDING)

    @property
    def active(self) -> tuple[MemberView, ...]:
        return tuple(each for each in self.team if each.status is MembershipStatus.ACTIVE)


def dashboard(ports: Ports, *, actor: Actor) -> Dashboard:
    """Refusals: WrongRole, WorkshopUntold, WorkshopNotApproved, WorkshopSuspended. Days, weeks
    from Monday and months begin as the person who looks counts them."""
    may(actor, DASHBOARD)
    at = ports.now()
    with ports.transactions(actor) as tx:
        workshop = open_workshop(tx, actor)
        zone = tx.accounts.get(actor.account_id).time_zone
        invited = tx.invitations.of_host(workshop.id)
    today, week, month = _beginnings(at, zone)
    return Dashboard(
        workshop=workshop,
        figures=ports.queries.workshops.figures(workshop.id, today=today, week=week, month=month),
        team=ports.queries.workshops.team(workshop.id),
        invitations=tuple(i for i in invited if i.status(at=at) is InvitationStatus.PENDING),
    )


def _beginnings(at: datetime, zone: str) -> tuple[datetime, datetime, datetime]:
    there = at.astimezone(ZoneInfo(zone))
    today = there.replace(hour=0, minute=0, second=0, microsecond=0)
    return today, today - timedelta(days=today.weekday()), today.replace(day=1)
