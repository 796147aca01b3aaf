"""A quote for a repair: drafted and sent by a workshop, answered by the customer.

Whoever sends lines, the amounts are computed here. The taxes are kept with the quote, as they
were when it was sent, so that no later table of rates changes what was offered.
"""

from datetime import date, datetime
from typing import Final, Self

import attrs

from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import Conflict, Invalid
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import CustomerId, QuoteId, SessionId, WorkshopId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.workshops import quote_events as events
from autodoctor.domain.workshops.quote_offer import Offer
from autodoctor.domain.workshops.quote_states import (
    Accepted,
    Completed,
    Declined,
    Draft,
    Expired,
    QuoteState,
    QuoteStatus,
    QuoteTransitionRefused,
    Scheduled,
    Sent,
    Viewed,
    Withdrawn,
    answerable,
)
from autodoctor.domain.workshops.tax import Province, Tax, taxes_on

REASON_CHARACTERS_MAX: Final = 2_000

Change = tuple["Quote", tuple[Event, ...]]


@attrs.frozen
class QuoteEmpty(Conflict):
    """A quote needs at least one line before it is sent."""

    quote_id: QuoteId


@attrs.frozen
class QuoteStillValid(Conflict):
    """The customer still has time to answer."""

    expires_at: datetime


@attrs.frozen
class ReasonMissing(Invalid):
    """Say why, in at most 2000 characters."""

    reason: str


@attrs.frozen
class VisitInThePast(Invalid):
    """The visit lies in the future."""

    visit_at: datetime


@attrs.frozen(kw_only=True)
class Quote:
    """`taxed_on` is the day, in the workshop's calendar, whose tax rates apply.

    Make one with `draft`. Every change of state returns (quote, events), and (self, ()) when
    it was made before. All of them raise QuoteTransitionRefused; answers and withdrawals
    raise QuoteNoLongerValid once 14 days are over.
    """

    id: QuoteId
    session_id: SessionId
    workshop_id: WorkshopId
    customer_id: CustomerId
    province: Province
    taxed_on: date
    offer: Offer
    taxes: tuple[Tax, ...]
    state: QuoteState = Draft()
    version: int = 0

    @classmethod
    def draft(
        cls,
        *,
        id: QuoteId,
        session_id: SessionId,
        workshop_id: WorkshopId,
        customer_id: CustomerId,
        province: Province,
        offer: Offer,
        on: date,
    ) -> Self:
        """Raises TaxRateUnknown."""
        return cls(
            id=id,
            session_id=session_id,
            workshop_id=workshop_id,
            customer_id=customer_id,
            province=province,
            taxed_on=on,
            offer=offer,
            taxes=taxes_on(offer.subtotal, province=province, on=on),
        )

    @property
    def status(self) -> QuoteStatus:
        return self.state.status

    @property
    def tax(self) -> Money:
        return sum((each.amount for each in self.taxes), Money.zero(self.subtotal.currency))

    @property
    def subtotal(self) -> Money:
        return self.offer.subtotal

    @property
    def total(self) -> Money:
        return self.subtotal + self.tax

    def revise(self, *, offer: Offer, on: date) -> "Quote":
        """Another offer instead, with the taxes of that day; drafts only."""
        if not isinstance(self.state, Draft):
            raise QuoteTransitionRefused(self.status, QuoteStatus.DRAFT)
        taxes = taxes_on(offer.subtotal, province=self.province, on=on)
        return attrs.evolve(self, offer=offer, taxes=taxes, taxed_on=on)

    def send(self, *, at: datetime, on: date) -> Change:
        """To the customer, with the taxes of that day. Raises QuoteEmpty."""
        if isinstance(self.state, Sent):
            return self, ()
        if not isinstance(self.state, Draft):
            raise QuoteTransitionRefused(self.status, QuoteStatus.SENT)
        if not self.offer.lines:
            raise QuoteEmpty(self.id)
        state = Sent(at)
        sent = attrs.evolve(self.revise(offer=self.offer, on=on), state=state)
        told = events.QuoteSent(**self._about(), total=sent.total, expires_at=state.expires_at)
        return sent, (told,)

    def view(self, *, viewer: Actor, at: datetime) -> Change:
        """The customer opens it. When anybody else looks, nothing changes."""
        match self.state:
            case Draft():
                raise QuoteTransitionRefused(self.status, QuoteStatus.VIEWED)
            case Sent(sent_at=sent_at) if self.status is QuoteStatus.SENT and self._is_for(viewer):
                viewed = Viewed(sent_at, at)
                return self._becomes(viewed, events.QuoteViewed(**self._about()))
            case _:
                return self, ()

    def accept(self, *, at: datetime) -> Change:
        """The customer wants the repair."""
        if isinstance(self.state, Accepted):
            return self, ()
        out = answerable(self.state, becoming=QuoteStatus.ACCEPTED, at=at)
        told = events.QuoteAccepted(**self._about(), total=self.total)
        return self._becomes(Accepted(out.sent_at, at), told)

    def decline(self, *, reason: str, at: datetime) -> Change:
        """The customer does not. Raises ReasonMissing last."""
        if isinstance(self.state, Declined):
            return self, ()
        out = answerable(self.state, becoming=QuoteStatus.DECLINED, at=at)
        state = Declined(out.sent_at, at, _reason(reason))
        return self._becomes(state, events.QuoteDeclined(**self._about(), reason=state.reason))

    def withdraw(self, *, reason: str, at: datetime) -> Change:
        """The workshop takes it back, unanswered. Raises ReasonMissing last."""
        if isinstance(self.state, Withdrawn):
            return self, ()
        out = answerable(self.state, becoming=QuoteStatus.WITHDRAWN, at=at)
        state = Withdrawn(out.sent_at, at, _reason(reason))
        return self._becomes(state, events.QuoteWithdrawn(**self._about(), reason=state.reason))

    def expire(self, *, at: datetime) -> Change:
        """Its 14 days are over. Raises QuoteStillValid."""
        if isinstance(self.state, Expired):
            return self, ()
        if not isinstance(self.state, Sent):
            raise QuoteTransitionRefused(self.status, QuoteStatus.EXPIRED)
        if at < self.state.expires_at:
            raise QuoteStillValid(self.state.expires_at)
        state = Expired(self.state.sent_at, self.state.expires_at)
        return self._becomes(state, events.QuoteExpired(**self._about()))

    def schedule(self, *, visit_at: datetime, at: datetime) -> Change:
        """Agree on a visit to the shop, or on another one. Raises VisitInThePast."""
        if not isinstance(self.state, Accepted) or isinstance(self.state, Completed):
            raise QuoteTransitionRefused(self.status, QuoteStatus.SCHEDULED)
        state = Scheduled(self.state.sent_at, self.state.accepted_at, visit_at)
        if state == self.state:
            return self, ()
        if visit_at <= at:
            raise VisitInThePast(visit_at)
        return self._becomes(state, events.RepairScheduled(**self._about(), visit_at=visit_at))

    def complete(self, *, at: datetime) -> Change:
        """The repair is done."""
        if isinstance(self.state, Completed):
            return self, ()
        if not isinstance(self.state, Scheduled):
            raise QuoteTransitionRefused(self.status, QuoteStatus.COMPLETED)
        was = self.state
        state = Completed(was.sent_at, was.accepted_at, was.visit_at, at)
        return self._becomes(state, events.RepairCompleted(**self._about(), total=self.total))

    def _is_for(self, viewer: Actor) -> bool:
        return viewer.role is Role.CUSTOMER and viewer.customer_id == self.customer_id

    def _becomes(self, state: QuoteState, told: Event) -> Change:
        return attrs.evolve(self, state=state), (told,)

    def _about(self) -> events.About:
        return {
            "quote_id": self.id,
            "session_id": self.session_id,
            "workshop_id": self.workshop_id,
            "customer_id": self.customer_id,
        }


def _reason(text: str) -> str:
    if not 0 < len(text.strip()) <= REASON_CHARACTERS_MAX:
        raise ReasonMissing(text)
    return text.strip()
