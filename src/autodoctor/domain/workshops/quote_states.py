"""The states of a quote, each with what is known in it.

    draft → sent → viewed → accepted → scheduled → completed
            sent | viewed → declined | expired | withdrawn

A customer may answer without opening the quote first (from a mail), so sent → accepted and
sent → declined are fine. Drafts are changed freely; what was sent never changes again.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final

import attrs

from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.time import aware

VALID_FOR: Final = timedelta(days=14)
"""How long a customer may answer, counted from when the quote was sent."""


class QuoteStatus(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    VIEWED = "viewed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SCHEDULED = "scheduled"
    COMPLETED = "completed"


@attrs.frozen
class Draft:
    status: ClassVar[QuoteStatus] = QuoteStatus.DRAFT


@attrs.frozen
class Sent:
    status: ClassVar[QuoteStatus] = QuoteStatus.SENT
    sent_at: datetime = attrs.field(validator=aware)

    @property
    def expires_at(self) -> datetime:
        """From this moment on it can no longer be answered."""
        return self.sent_at + VALID_FOR


@attrs.frozen
class Viewed(Sent):
    """The customer has opened it; others may look without being counted."""

    status: ClassVar[QuoteStatus] = QuoteStatus.VIEWED
    viewed_at: datetime = attrs.field(validator=aware)


@attrs.frozen
class Accepted:
    status: ClassVar[QuoteStatus] = QuoteStatus.ACCEPTED
    sent_at: datetime = attrs.field(validator=aware)
    accepted_at: datetime = attrs.field(validator=aware)


@attrs.frozen
class Declined:
    status: ClassVar[QuoteStatus] = QuoteStatus.DECLINED
    sent_at: datetime = attrs.field(validator=aware)
    declined_at: datetime = attrs.field(validator=aware)
    reason: str


@attrs.frozen
class Expired:
    status: ClassVar[QuoteStatus] = QuoteStatus.EXPIRED
    sent_at: datetime = attrs.field(validator=aware)
    expired_at: datetime = attrs.field(validator=aware)


@attrs.frozen
class Withdrawn:
    """The workshop took it back before it was answered."""

    status: ClassVar[QuoteStatus] = QuoteStatus.WITHDRAWN
    sent_at: datetime = attrs.field(validator=aware)
    withdrawn_at: datetime = attrs.field(validator=aware)
    reason: str


@attrs.frozen
class Scheduled(Accepted):
    """The customer brings the vehicle in at `visit_at`."""

    status: ClassVar[QuoteStatus] = QuoteStatus.SCHEDULED
    visit_at: datetime = attrs.field(validator=aware)


@attrs.frozen
class Completed(Scheduled):
    """The repair is done; it was paid at the shop."""

    status: ClassVar[QuoteStatus] = QuoteStatus.COMPLETED
    completed_at: datetime = attrs.field(validator=aware)


QuoteState = (
    Draft | Sent | Viewed | Accepted | Declined | Expired | Withdrawn | Scheduled | Completed
)


@attrs.frozen
class QuoteTransitionRefused(Conflict):
    """The quote cannot go from its state to that one."""

    current: QuoteStatus
    requested: QuoteStatus


@attrs.frozen
class QuoteNoLongerValid(Conflict):
    """The quote was not answered within its 14 days."""

    expired_at: datetime


def answerable(state: QuoteState, *, becoming: QuoteStatus, at: datetime) -> Sent:
    """The state, when the quote is out and still valid.

    Raises QuoteNoLongerValid (whether or not anything has marked it expired yet), else
    QuoteTransitionRefused.
    """
    if isinstance(state, Expired):
        raise QuoteNoLongerValid(state.expired_at)
    if not isinstance(state, Sent):
        raise QuoteTransitionRefused(state.status, becoming)
    if at >= state.expires_at:
        raise QuoteNoLongerValid(state.expires_at)
    return state
