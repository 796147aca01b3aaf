"""Why a payment provider, or one of its notices, is turned down."""

from enum import StrEnum

import attrs

from autodoctor.domain.shared.errors import Conflict, Invalid, NotFound, Unavailable


class No(StrEnum):
    """Why the provider said a definite no."""

    TOO_MUCH = "too_much"
    """More than what is left of the charge or of the transfer."""
    ALREADY_REFUNDED = "already_refunded"
    DISPUTED = "disputed"
    ACCOUNT_NOT_READY = "account_not_ready"
    BALANCE_TOO_LOW = "balance_too_low"
    UNKNOWN_OBJECT = "unknown_object"
    OTHER_ORDER_SAME_ID = "other_order_same_id"
    """The id was used for an order with other contents."""
    OTHER = "other"


class Outage(StrEnum):
    """Why there was no answer."""

    UNREACHABLE = "unreachable"
    FAILING = "failing"
    BUSY = "busy"
    CREDENTIALS = "credentials"
    """The provider does not accept our key: a fault of this installation."""


@attrs.frozen
class PaymentRefused(Conflict):
    """The payment provider refused this.

    `code` is the provider's own word for it, for support and logs only.
    """

    because: No
    code: str


@attrs.frozen
class PaymentsUnavailable(Unavailable):
    """Payments are not reachable right now."""

    because: Outage


@attrs.frozen
class CheckoutUnknown(NotFound):
    """There is no such checkout."""

    provider_id: str


@attrs.frozen
class SignatureInvalid(Invalid):
    """The notice was not signed by the payment provider."""

    reason: str


@attrs.frozen
class NoticeUnreadable(Invalid):
    """The notice is signed but cannot be understood."""

    reason: str
