"""What happens to a session, as its timeline tells it."""

from datetime import datetime

import attrs

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import (
    CustomerId,
    MechanicId,
    RequestId,
    SessionId,
    WorkshopId,
)
from autodoctor.domain.shared.money import Money


@attrs.frozen
class SessionEvent(Event):
    session_id: SessionId


@attrs.frozen
class SessionOpened(SessionEvent):
    customer_id: CustomerId
    plan: str
    paid: Money


@attrs.frozen
class RequestOpened(SessionEvent):
    request_id: RequestId
    expires_at: datetime


@attrs.frozen
class RequestAccepted(SessionEvent):
    request_id: RequestId
    customer_id: CustomerId
    mechanic_id: MechanicId
    workshop_id: WorkshopId | None
    scheduled_for: datetime | None


@attrs.frozen
class PartyJoined(SessionEvent):
    party: Party


@attrs.frozen
class PartyLeft(SessionEvent):
    party: Party


@attrs.frozen
class SessionStarted(SessionEvent):
    customer_id: CustomerId
    mechanic_id: MechanicId


@attrs.frozen
class SessionPaused(SessionEvent):
    missing: Party


@attrs.frozen
class SessionResumed(SessionEvent):
    """Both are back; the clock runs again."""


@attrs.frozen
class SessionCompleted(SessionEvent):
    customer_id: CustomerId
    mechanic_id: MechanicId
    minutes: int
    timed_out: bool


@attrs.frozen
class SessionCancelled(SessionEvent):
    customer_id: CustomerId
    mechanic_id: MechanicId | None
    cause: Cause
    refund: Money
    kept: Money


@attrs.frozen
class SessionExpired(SessionEvent):
    customer_id: CustomerId
    refund: Money


@attrs.frozen
class MechanicReleased(SessionEvent):
    """The session waits again: the mechanic withdrew, did not come, or an admin reassigns."""

    mechanic_id: MechanicId
    no_show: bool


@attrs.frozen
class SessionRefunded(SessionEvent):
    customer_id: CustomerId
    amount: Money


@attrs.frozen
class SessionEscalated(SessionEvent):
    mechanic_id: MechanicId


@attrs.frozen
class EscalationResolved(SessionEvent):
    """The workshop has done its part; the session is completed again."""


@attrs.frozen
class ReportPublished(SessionEvent):
    """The customer can read the report, or what was added to it, after the conversation ended."""

    customer_id: CustomerId
    mechanic_id: MechanicId
    amended: bool


@attrs.frozen
class SessionArchived(SessionEvent):
    """Out of sight; the ledger and the timeline stay."""
