"""Money in and out through a payment provider: checkouts, refunds, transfers.

Amounts are positive `Money`. Ids called `provider_…` and those of payments, charges and
accounts are the provider's own and opaque; all others are ours. Every call may be repeated
with the same order: it happens once, and the repetition answers as the first time did.
A call that raises `PaymentsUnavailable` may or may not have happened; one that raises
`PaymentRefused` has changed nothing.
"""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

import attrs

from autodoctor.domain.revenue.funds import AmountNotPositive
from autodoctor.domain.revenue.ids import ReversalId
from autodoctor.domain.shared.ids import (
    CheckoutId,
    IntakeId,
    RefundId,
    SessionId,
    TransferId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.domain.shared.time import aware

PROVIDER_ID_SLOT = "{CHECKOUT_SESSION_ID}"
"""Where it stands in a success URL, the checkout's provider id is put in its place."""


def _positive(_order: object, _attribute: "attrs.Attribute[Money]", amount: Money) -> None:
    if amount.minor <= 0:
        raise AmountNotPositive(amount)


@attrs.frozen(kw_only=True)
class CheckoutOrder:
    """A page to pay on.

    `expires_at` lies between 30 minutes and 24 hours after the first opening; to end a
    checkout earlier, expire it. The provider shows `description` to the customer.
    """

    checkout_id: CheckoutId
    amount: Money = attrs.field(validator=_positive)
    description: str
    customer_email: str
    success_url: str
    cancel_url: str
    expires_at: datetime = attrs.field(validator=aware)
    transfer_group: str
    """Ties the charge to the transfers made from it."""
    intake_id: IntakeId | None = None
    session_id: SessionId | None = None


@attrs.frozen
class OpenedCheckout:
    """Where to send the customer."""

    provider_id: str
    url: str


class CheckoutStatus(StrEnum):
    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"


@attrs.frozen(kw_only=True)
class CheckoutState:
    """`paid` alone says that the money is there: a complete checkout may still be unpaid
    when the customer chose a slow way to pay. `checkout_id` is None for one that is not ours.
    `amount` is what the page asks for, `received` what was paid on it.
    """

    provider_id: str
    checkout_id: CheckoutId | None
    status: CheckoutStatus
    paid: bool
    payment_id: str | None
    charge_id: str | None
    amount: Money
    received: Money | None = None


class RefundReason(StrEnum):
    CUSTOMER = "customer"
    """The customer cancelled, or the session did not happen."""
    DUPLICATE = "duplicate"
    FRAUD = "fraud"


@attrs.frozen(kw_only=True)
class RefundOrder:
    """`maybe_made` looks for an earlier result before making one: set it when the first try
    is a day old or older, because providers then forget ids. `attempt` goes up by one after
    a `PaymentRefused` whose cause is gone; it stays after `PaymentsUnavailable`.
    """

    refund_id: RefundId
    payment_id: str
    amount: Money = attrs.field(validator=_positive)
    reason: RefundReason = RefundReason.CUSTOMER
    maybe_made: bool = False
    attempt: int = 1


class RefundStatus(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@attrs.frozen(kw_only=True)
class ProviderRefund:
    """`refund_id` is None for one that somebody made at the provider; `failure` is the
    provider's word for why it failed."""

    id: str
    status: RefundStatus
    amount: Money
    refund_id: RefundId | None = None
    failure: str = ""


@attrs.frozen(kw_only=True)
class TransferOrder:
    """Money from a charge to a payout account. `maybe_made` and `attempt` as for a refund."""

    transfer_id: TransferId
    account: str
    amount: Money = attrs.field(validator=_positive)
    charge_id: str
    transfer_group: str
    maybe_made: bool = False
    attempt: int = 1


@attrs.frozen
class ProviderTransfer:
    id: str


@attrs.frozen(kw_only=True)
class ReversalOrder:
    """Money of a transfer taken back. `maybe_made` and `attempt` as for a refund."""

    reversal_id: ReversalId
    provider_transfer_id: str
    amount: Money = attrs.field(validator=_positive)
    maybe_made: bool = False
    attempt: int = 1


@attrs.frozen(kw_only=True)
class ProviderReversal:
    """`reversal_id` is None for one that somebody made at the provider."""

    id: str
    amount: Money
    reversal_id: ReversalId | None = None


class Payments(Protocol):
    """Every method raises `PaymentsUnavailable`, and `PaymentRefused` for a definite no."""

    def open_checkout(self, order: CheckoutOrder, /) -> OpenedCheckout: ...

    def find_checkout(self, provider_id: str, /) -> CheckoutState:
        """Raises `CheckoutUnknown`; safe with an id from a URL."""

    def expire_checkout(self, provider_id: str, /) -> CheckoutState:
        """Afterwards the checkout is expired, or complete when the customer was faster."""

    def refund(self, order: RefundOrder, /) -> ProviderRefund:
        """All refunds of a payment together never exceed it (`No.TOO_MUCH`). An order that
        failed has failed for good: another refund needs an id of its own."""

    def transfer(self, order: TransferOrder, /) -> ProviderTransfer:
        """All transfers of a charge together never exceed it (`No.TOO_MUCH`).

        An account that is not ready is refused with `No.ACCOUNT_NOT_READY`.
        """

    def reverse_transfer(self, order: ReversalOrder, /) -> ProviderReversal:
        """All reversals of a transfer together never exceed it (`No.TOO_MUCH`)."""
