"""`PaymentNotices` from Stripe's webhooks; the SDK verifies the signature."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from autodoctor.adapters.stripe.subjects import Event, notice
from autodoctor.ports.payment_notices import SIGNATURE_AGE_MAX, PaymentNotice
from autodoctor.ports.payment_refusals import NoticeUnreadable, SignatureInvalid

_HEADER: Final = re.compile(r"t=(?P<at>[0-9]{1,11})(?:,v[0-9]=[0-9a-f]{1,128}){1,20}", re.ASCII)
"""One time, first, and signatures by scheme: all that Stripe sends. The SDK takes the first of
several times for the signed one and passes over stray parts; we take none."""


class StripePaymentNotices:
    """Several secrets may be good at once: the platform's and the connected accounts'
    endpoints have one each, and a secret that is being replaced stays good for a while.

    A notice of the other mode, test or live, is kept and otherwise ignored: Stripe sends both
    to the endpoints of connected accounts.
    """

    def __init__(self, secrets: Sequence[str], *, livemode: bool = False) -> None:
        assert secrets, "without a secret, nothing can be verified"
        assert all(secrets), "an empty secret would verify anything"
        self._secrets = tuple(secrets)
        self._livemode = livemode

    def parse(self, payload: bytes, signature: str, at: datetime) -> PaymentNotice:
        header = _HEADER.fullmatch(signature)
        if header is None:
            raise SignatureInvalid("no header of Stripe's")
        if not any(_signed(payload, signature, secret) for secret in self._secrets):
            raise SignatureInvalid("no match")
        if abs(at - datetime.fromtimestamp(int(header["at"]), UTC)) > SIGNATURE_AGE_MAX:
            raise SignatureInvalid("too old, or ahead of our clock")
        try:
            event = msgspec.json.decode(payload, type=Event)
            return notice(event, livemode=self._livemode)
        except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
            raise NoticeUnreadable(str(error)) from error


def _signed(payload: bytes, signature: str, secret: str) -> bool:
    """The SDK compares ages with the machine's clock; ours is given, so it is not asked to."""
    import stripe

    try:
        stripe.WebhookSignature.verify_header(payload, signature, secret, tolerance=None)
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return False
    return True
