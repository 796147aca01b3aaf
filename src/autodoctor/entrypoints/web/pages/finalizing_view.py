"""Back from the payment page: what has become of the money, in words."""

from typing import Final

import attrs

from autodoctor.domain.booking.checkout import Checkout, CheckoutStatus

POLL_SECONDS: Final = 20


@attrs.frozen
class FinalizingView:
    """`polls` while it can still change by itself; then `again_url` looks once more."""

    title: str
    lead: str
    polls: bool
    provider_id: str
    again_url: str
    again_label: str
    poll_seconds: str = str(POLL_SECONDS)


def finalizing_view(checkout: Checkout, *, provider_id: str) -> FinalizingView:
    title, lead = _WORDS[checkout.status]
    polls = checkout.status in (CheckoutStatus.OPEN, CheckoutStatus.PAID)
    look = f"/checkout/success?session_id={provider_id}"
    expired = checkout.status is CheckoutStatus.EXPIRED
    return FinalizingView(
        title=title,
        lead=lead,
        polls=polls,
        provider_id=provider_id,
        again_url=f"/waiver?intake={checkout.intake_id}" if expired else look,
        again_label="Start the payment again" if expired else "Check again",
    )


_WORDS: Final = {
    CheckoutStatus.OPEN: (
        "Finalizing your payment",
        "We are asking the payment provider. This takes a few seconds.",
    ),
    CheckoutStatus.PAID: (
        "Your payment is in",
        "We are opening your session. This takes a few seconds.",
    ),
    CheckoutStatus.FULFILLED: ("Your payment is in", "Your session is being opened."),
    CheckoutStatus.RETURNED: (
        "This payment is being refunded",
        "You had another session by the time it came in, and there is one at a time. We send all "
        "of it back to your card by itself; there is nothing you need to do.",
    ),
    CheckoutStatus.EXPIRED: (
        "This payment page has expired",
        "Nothing was charged. Start the payment again whenever you like.",
    ),
}
