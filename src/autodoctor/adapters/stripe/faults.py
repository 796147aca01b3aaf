"""What Stripe's errors mean in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from autodoctor.domain.shared.errors import Refusal
from autodoctor.ports.payment_refusals import No, Outage, PaymentRefused, PaymentsUnavailable

if TYPE_CHECKING:
    from stripe import StripeError

NO_BY_CODE = {
    "account_invalid": No.UNKNOWN_OBJECT,
    "amount_too_large": No.TOO_MUCH,
    "balance_insufficient": No.BALANCE_TOO_LOW,
    "charge_already_refunded": No.ALREADY_REFUNDED,
    "charge_disputed": No.DISPUTED,
    "idempotency_error": No.OTHER_ORDER_SAME_ID,
    "insufficient_capabilities_for_transfer": No.ACCOUNT_NOT_READY,
    "resource_missing": No.UNKNOWN_OBJECT,
    "transfers_not_allowed": No.ACCOUNT_NOT_READY,
}
STATUS_KEY_IN_USE = 409
STATUS_TOO_MANY = 429


@contextmanager
def translated() -> Iterator[None]:
    """Raises our refusals in the place of the SDK's errors."""
    import stripe

    try:
        yield
    except stripe.StripeError as error:
        raise refusal(error) from error


def refusal(error: "StripeError") -> Refusal:
    import stripe

    definite = (stripe.InvalidRequestError, stripe.IdempotencyError, stripe.CardError)
    if isinstance(error, definite) or error.code in NO_BY_CODE:
        return _no(error)
    return PaymentsUnavailable(_outage(error))


def _outage(error: "StripeError") -> Outage:
    import stripe

    match error:
        case stripe.APIConnectionError():
            return Outage.UNREACHABLE
        case stripe.AuthenticationError() | stripe.PermissionError():
            return Outage.CREDENTIALS
        case _ if error.http_status in {STATUS_KEY_IN_USE, STATUS_TOO_MANY}:
            return Outage.BUSY
        case _:
            return Outage.FAILING


def _no(error: "StripeError") -> PaymentRefused:
    """Stripe gives no code for amounts above what is left, but it blames the amount."""
    said = error.error
    code = error.code or (said.type if said else "")
    blamed = said.param if said else None
    because = NO_BY_CODE.get(code, No.TOO_MUCH if blamed == "amount" else No.OTHER)
    return PaymentRefused(because, code)
