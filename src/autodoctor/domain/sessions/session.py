"""A session: one consultation between a customer and, once matched, a mechanic.

The modules beside this one are its life: `opening`, `acceptance`, `room`, `ending`.
Every step takes the session, who does it and when, and returns the new session and what
happened; a step that is already done returns the same session and nothing.
"""

from datetime import datetime, timedelta

import attrs

from autodoctor.domain.sessions.attendance import Attendance
from autodoctor.domain.sessions.policy import Engagement
from autodoctor.domain.sessions.states import ENDED, SessionStatus, check_transition
from autodoctor.domain.sessions.timer import Timer
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import (
    CheckoutId,
    CustomerId,
    IntakeId,
    MechanicId,
    OrganizationId,
    PlanSlug,
    SessionId,
    WorkshopId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.domain.shared.time import Period


@attrs.frozen
class Terms:
    """What was booked, at the price it was booked at. `kind` is chat or video."""

    plan: PlanSlug
    kind: str
    minutes: int
    price: Money
    report: bool = False


@attrs.frozen
class Session:
    id: SessionId
    customer_id: CustomerId
    intake_id: IntakeId
    checkout_id: CheckoutId | None
    terms: Terms
    created_at: datetime
    timer: Timer
    status: SessionStatus = SessionStatus.PENDING
    scheduled_for: datetime | None = None
    mechanic_id: MechanicId | None = None
    workshop_id: WorkshopId | None = None
    organization_id: OrganizationId | None = None
    matched_at: datetime | None = None
    started_at: datetime | None = None
    paused_at: datetime | None = None
    ended_at: datetime | None = None
    escalated_at: datetime | None = None
    attendance: Attendance = Attendance()
    mechanic_no_shows: int = 0
    version: int = 0

    @property
    def appointment(self) -> Period | None:
        if self.scheduled_for is None:
            return None
        return Period.lasting(self.scheduled_for, timedelta(minutes=self.terms.minutes))

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    @property
    def engagement(self) -> Engagement:
        return Engagement(self.id, self.terms.kind, self.status, self.appointment)

    def moved(self, to: SessionStatus, *, by: Role) -> "Session":
        """The session in state `to`, when the table has that edge and it is `by`'s to take."""
        check_transition(current=self.status, requested=to, by=by)
        return attrs.evolve(self, status=to)
