"""What the payment provider tells us by itself: late, twice, out of order, or never."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

import attrs

from autodoctor.domain.shared.ids import AccountId, CheckoutId, RefundId, TransferId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.shared.time import aware
from autodoctor.ports.payments import RefundStatus

SIGNATURE_AGE_MAX = timedelta(minutes=5)
"""An older signature is refused, so that a recorded notice cannot be played back."""


class NoticeKind(StrEnum):
    CHECKOUT_COMPLETED = "checkout_completed"
    CHECKOUT_EXPIRED = "checkout_expired"
    CHECKOUT_PAID_LATER = "checkout_paid_later"
    """A slow way to pay went through after the checkout was completed."""
    CHECKOUT_FAILED_LATER = "checkout_failed_later"
    PAYMENT_SUCCEEDED = "payment_succeeded"
    PAYMENT_FAILED = "payment_failed"
    """One try failed; the checkout stays open for another."""
    CHARGE_REFUNDED = "charge_refunded"
    REFUND_CREATED = "refund_created"
    REFUND_UPDATED = "refund_updated"
    REFUND_FAILED = "refund_failed"
    TRANSFER_CREATED = "transfer_created"
    TRANSFER_REVERSED = "transfer_reversed"
    PAYOUT_CHANGED = "payout_changed"
    """Money that left a payout account arrived at its owner's bank, or did not."""
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_CLOSED = "dispute_closed"
    ACCOUNT_UPDATED = "account_updated"
    OTHER = "other"
    """Stored and otherwise ignored."""


class DisputeOutcome(StrEnum):
    WON = "won"
    """The money stays with us."""
    LOST = "lost"


@attrs.frozen(kw_only=True)
class ProviderIds:
    """The provider's ids of what the notice is about, as far as it names them."""

    checkout: str | None = None
    payment: str | None = None
    charge: str | None = None
    refund: str | None = None
    transfer: str | None = None
    dispute: str | None = None
    payout: str | None = None
    account: str | None = None


@attrs.frozen(kw_only=True)
class OurIds:
    """Our ids, as far as the provider sends them back. A dispute has none: go by the charge."""

    checkout: CheckoutId | None = None
    refund: RefundId | None = None
    transfer: TransferId | None = None
    account: AccountId | None = None


@attrs.frozen(kw_only=True)
class PaymentNotice:
    """One event. It says what was true when it was sent; for what is true now, ask.

    `event_id` is the provider's and repeats when the notice does. `amount` is of the thing
    itself, except: for `CHARGE_REFUNDED` all that was refunded so far, for
    `TRANSFER_REVERSED` all that was taken back so far. `paid` is the money's arrival, for
    checkouts and payments. `name` is the provider's word for the kind, for logs.
    """

    event_id: str
    kind: NoticeKind
    name: str
    created: datetime = attrs.field(validator=aware)
    provider: ProviderIds
    ours: OurIds
    amount: Money | None = None
    paid: bool = False
    refund_status: RefundStatus | None = None
    outcome: DisputeOutcome | None = None


class PaymentNotices(Protocol):
    def parse(self, payload: bytes, signature: str, at: datetime) -> PaymentNotice:
        """The verified notice; `payload` is the body byte for byte, `at` the time now.

        Raises `SignatureInvalid` for a forged or stale one, `NoticeUnreadable` for a signed
        one that has lost its shape.
        """
