"""A request: what mechanics see while a session waits. One per round of waiting."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.shared.errors import Conflict, NotFound
from autodoctor.domain.shared.ids import (
    CustomerId,
    MechanicId,
    RequestId,
    SessionId,
    WorkshopId,
)

WAIT_NOW: Final = timedelta(minutes=15)
WAIT_LATER: Final = timedelta(hours=24)
CLOSES_BEFORE_APPOINTMENT: Final = timedelta(hours=2)


class RequestStatus(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@attrs.frozen
class RequestTaken(Conflict):
    """Another mechanic was faster."""

    request_id: RequestId


@attrs.frozen
class RequestClosed(Conflict):
    """This request is no longer open."""

    request_id: RequestId
    status: RequestStatus


@attrs.frozen
class RequestNotForYou(NotFound):
    """There is no such request open to you."""

    request_id: RequestId


def expiry(*, waiting_since: datetime, scheduled_for: datetime | None) -> datetime:
    """When a request dies: 15 min after it began to wait; for an appointment 24 h, and at
    the latest 2 h before it. An appointment that is past waits like a session now: its
    mechanic did not come, and the customer is there."""
    if scheduled_for is None or scheduled_for <= waiting_since:
        return waiting_since + WAIT_NOW
    latest = scheduled_for - CLOSES_BEFORE_APPOINTMENT
    return max(waiting_since, min(waiting_since + WAIT_LATER, latest))


@attrs.frozen
class Request:
    id: RequestId
    session_id: SessionId
    customer_id: CustomerId
    routing: Routing
    waiting_since: datetime
    expires_at: datetime
    status: RequestStatus = RequestStatus.WAITING
    accepted_by: MechanicId | None = None
    closed_at: datetime | None = None
    version: int = 0

    def open_at(self, at: datetime) -> bool:
        """Accepting after expiry is refused even if no job has marked it yet."""
        return self.status is RequestStatus.WAITING and at < self.expires_at

    def visible_to(
        self, mechanic_id: MechanicId, *, workshop_id: WorkshopId | None, at: datetime
    ) -> bool:
        return self.open_at(at) and self.routing.admits(
            mechanic_id, workshop_id=workshop_id, waiting_since=self.waiting_since, at=at
        )

    def accept(
        self, *, mechanic_id: MechanicId, workshop_id: WorkshopId | None, at: datetime
    ) -> "Request":
        """The one who accepted it may ask again and gets the same request back.

        Refusals in order: RequestTaken, RequestClosed, RequestNotForYou.
        """
        if self.status is RequestStatus.ACCEPTED:
            if self.accepted_by == mechanic_id:
                return self
            raise RequestTaken(self.id)
        self._check_open(at)
        if not self.visible_to(mechanic_id, workshop_id=workshop_id, at=at):
            raise RequestNotForYou(self.id)
        return self.assign(mechanic_id=mechanic_id, at=at)

    def assign(self, *, mechanic_id: MechanicId, at: datetime) -> "Request":
        """Given by an admin: routing does not matter, being open does."""
        self._check_open(at)
        return attrs.evolve(
            self, status=RequestStatus.ACCEPTED, accepted_by=mechanic_id, closed_at=at
        )

    def cancel(self, *, at: datetime) -> "Request":
        """A withdrawn or called-off request, waiting or accepted; again changes nothing."""
        if self.status is RequestStatus.CANCELLED:
            return self
        if self.status is RequestStatus.EXPIRED:
            raise RequestClosed(self.id, self.status)
        return attrs.evolve(self, status=RequestStatus.CANCELLED, closed_at=at)

    def expire(self, *, at: datetime) -> "Request":
        if self.status is RequestStatus.EXPIRED:
            return self
        if self.status is not RequestStatus.WAITING or at < self.expires_at:
            raise RequestClosed(self.id, self.status)
        return attrs.evolve(self, status=RequestStatus.EXPIRED, closed_at=at)

    def _check_open(self, at: datetime) -> None:
        if self.status is not RequestStatus.WAITING:
            raise RequestClosed(self.id, self.status)
        if at >= self.expires_at:
            raise RequestClosed(self.id, RequestStatus.EXPIRED)
