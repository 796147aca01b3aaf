"""A mechanic's place in a workshop: asked for, approved by the workshop, paused, ended.

pending → active ⇄ inactive; from each of them the mechanic can leave or be removed, and then
there is no membership any more.
"""

from datetime import datetime
from enum import StrEnum

import attrs

from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.workshops.events import MemberAdmitted, MemberAsked, MemberPaused
from autodoctor.domain.workshops.profile import check_areas


class MembershipStatus(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    INACTIVE = "inactive"


@attrs.frozen
class NotMemberYet(Conflict):
    """Approve this mechanic first."""


@attrs.frozen
class MemberElsewhere(Conflict):
    """This mechanic belongs to a workshop already and has to leave it first."""


Change = tuple["Membership", tuple[Event, ...]]


@attrs.frozen(kw_only=True)
class Membership:
    """`id` is the mechanic's: nobody has two. `areas` are the beginnings of the postal codes
    they serve for the workshop; none means all of its own."""

    id: MechanicId
    workshop_id: WorkshopId
    asked_at: datetime
    status: MembershipStatus = MembershipStatus.PENDING
    admitted_at: datetime | None = None
    areas: tuple[str, ...] = ()
    version: int = 0

    @property
    def active(self) -> bool:
        return self.status is MembershipStatus.ACTIVE

    def activate(self, *, at: datetime) -> Change:
        """Lets in who asked, and back in who was paused. Again changes nothing."""
        if self.active:
            return self, ()
        after = attrs.evolve(
            self, status=MembershipStatus.ACTIVE, admitted_at=self.admitted_at or at
        )
        return after, (MemberAdmitted(self.id, self.workshop_id),)

    def deactivate(self) -> Change:
        """Again changes nothing. Raises NotMemberYet."""
        if self.status is MembershipStatus.PENDING:
            raise NotMemberYet()
        if self.status is MembershipStatus.INACTIVE:
            return self, ()
        after = attrs.evolve(self, status=MembershipStatus.INACTIVE)
        return after, (MemberPaused(self.id, self.workshop_id),)

    def serve(self, areas: tuple[str, ...]) -> "Membership":
        """Raises InvalidField."""
        return attrs.evolve(self, areas=check_areas(areas))


def ask(*, mechanic_id: MechanicId, workshop_id: WorkshopId, at: datetime) -> Change:
    """Invited, they wait for the workshop to let them in."""
    made = Membership(id=mechanic_id, workshop_id=workshop_id, asked_at=at)
    return made, (MemberAsked(mechanic_id, workshop_id),)
