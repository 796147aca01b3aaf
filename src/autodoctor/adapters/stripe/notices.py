"""`PaymentNotices` from Stripe's webhooks; the SDK verifies the signature."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from autodoctor.adapters.stripe.subjects import Event, notice
from autodoctor.ports.payment_notices import SIGNATURE_AGE_MAX, PaymentNotice
from autodoctor.ports.payment_refusals import NoticeUnreadable, SignatureInvalid


class StripePaymentNotices:
    """Several secrets may be good at once: the platform's and the connected accounts'
    endpoints have one each, and a secret that is being replaced stays good for a while."""

    def __init__(self, secrets: Sequence[str]) -> None:
        assert secrets, "without a secret, nothing can be verified"
        assert all(secrets), "an empty secret would verify anything"
        self._secrets = tuple(secrets)

    def parse(self, payload: bytes, signature: str, at: datetime) -> PaymentNotice:
        if not any(_signed(payload, signature, secret) for secret in self._secrets):
            raise SignatureInvalid("no match")
        if at - _signed_at(signature) > SIGNATURE_AGE_MAX:
            raise SignatureInvalid("too old")
        try:
            event = msgspec.json.decode(payload, type=Event)
            return notice(event)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise NoticeUnreadable(str(error)) from error


def _signed(payload: bytes, signature: str, secret: str) -> bool:
    """The SDK compares ages with the machine's clock; ours is given, so it is not asked to."""
    import stripe

    try:
        stripe.WebhookSignature.verify_header(payload, signature, secret, tolerance=None)
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return False
    return True


def _signed_at(signature: str) -> datetime:
    """The signed time, from a header that has been verified."""
    parts = dict(part.split("=", 1) for part in signature.split(","))
    return datetime.fromtimestamp(int(parts["t"]), UTC)
