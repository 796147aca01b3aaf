"""What happens to quotes, as far as others have to know."""

from datetime import datetime
from typing import TypedDict

import attrs

from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import CustomerId, QuoteId, SessionId, WorkshopId
from autodoctor.domain.shared.money import Money


class About(TypedDict):
    """What every event of a quote says: which, of which session, from whom, for whom."""

    quote_id: QuoteId
    session_id: SessionId
    workshop_id: WorkshopId
    customer_id: CustomerId


@attrs.frozen(kw_only=True)
class QuoteEvent(Event):
    """Base of the events of quotes."""

    quote_id: QuoteId
    session_id: SessionId
    workshop_id: WorkshopId
    customer_id: CustomerId


@attrs.frozen(kw_only=True)
class QuoteSent(QuoteEvent):
    total: Money
    expires_at: datetime


@attrs.frozen(kw_only=True)
class QuoteViewed(QuoteEvent):
    """The customer has opened it."""


@attrs.frozen(kw_only=True)
class QuoteAccepted(QuoteEvent):
    total: Money


@attrs.frozen(kw_only=True)
class QuoteDeclined(QuoteEvent):
    reason: str


@attrs.frozen(kw_only=True)
class QuoteExpired(QuoteEvent):
    """Nobody answered in time."""


@attrs.frozen(kw_only=True)
class QuoteWithdrawn(QuoteEvent):
    reason: str


@attrs.frozen(kw_only=True)
class RepairScheduled(QuoteEvent):
    visit_at: datetime


@attrs.frozen(kw_only=True)
class RepairCompleted(QuoteEvent):
    total: Money
