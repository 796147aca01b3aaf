"""A checkout: our record of money asked for, whatever the provider says and when."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import CheckoutId, CustomerId, IntakeId, PlanSlug
from autodoctor.domain.shared.money import Money

LASTS: Final = timedelta(minutes=35)
"""A little over Stripe's shortest (30 min), counted from its own creation time."""


class CheckoutStatus(StrEnum):
    """open → paid (money is in) → fulfilled (a session exists) | returned (the race was lost,
    the money goes back); open → expired."""

    OPEN = "open"
    PAID = "paid"
    FULFILLED = "fulfilled"
    RETURNED = "returned"
    EXPIRED = "expired"


@attrs.frozen
class CheckoutUnpaid(Conflict):
    """The money of this checkout is not in, or has found its place already."""

    checkout_id: CheckoutId
    status: CheckoutStatus


@attrs.frozen
class Checkout:
    """`provider_id` names the hosted page, `payment_id` and `charge_id` the money. `received` is
    what the provider says was paid; None before, and for payments of before that was kept."""

    id: CheckoutId
    intake_id: IntakeId
    customer_id: CustomerId
    plan: PlanSlug
    price: Money
    created_at: datetime
    expires_at: datetime
    status: CheckoutStatus = CheckoutStatus.OPEN
    provider_id: str | None = None
    provider_url: str | None = None
    payment_id: str | None = None
    charge_id: str | None = None
    received: Money | None = None
    paid_at: datetime | None = None
    version: int = 0

    @property
    def settled(self) -> bool:
        """The money has found its place: a session, or the way back."""
        return self.status in (CheckoutStatus.FULFILLED, CheckoutStatus.RETURNED)

    @property
    def amount(self) -> Money:
        """What came in, or should."""
        return self.received or self.price

    @property
    def differs(self) -> bool:
        """Whether something else was paid than was asked for."""
        return self.amount != self.price

    def opened(self, *, provider_id: str, provider_url: str) -> "Checkout":
        return attrs.evolve(self, provider_id=provider_id, provider_url=provider_url)

    def pay(
        self,
        *,
        payment_id: str,
        charge_id: str | None,
        at: datetime,
        received: Money | None = None,
    ) -> "Checkout":
        """Money is in, even for a page we held to be expired. Again changes nothing."""
        if self.payment_id is not None and (self.charge_id or charge_id is None):
            return self
        paid = attrs.evolve(self, payment_id=payment_id, charge_id=charge_id or self.charge_id)
        if self.status in (CheckoutStatus.OPEN, CheckoutStatus.EXPIRED):
            return attrs.evolve(paid, status=CheckoutStatus.PAID, paid_at=at, received=received)
        return paid

    def fulfil(self) -> "Checkout":
        return self._settled(CheckoutStatus.FULFILLED)

    def give_back(self) -> "Checkout":
        return self._settled(CheckoutStatus.RETURNED)

    def _settled(self, status: CheckoutStatus) -> "Checkout":
        """One or the other, once: again changes nothing, CheckoutUnpaid from elsewhere."""
        if self.status is status:
            return self
        if self.status is not CheckoutStatus.PAID:
            raise CheckoutUnpaid(self.id, self.status)
        return attrs.evolve(self, status=status)

    def expire(self) -> "Checkout":
        """Only an open page expires; a paid one never does."""
        if self.status is not CheckoutStatus.OPEN:
            return self
        return attrs.evolve(self, status=CheckoutStatus.EXPIRED)
