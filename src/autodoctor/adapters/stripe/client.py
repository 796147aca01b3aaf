"""The connection to Stripe, or to the sandbox that speaks like it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stripe import StripeClient

API_VERSION = "2026-10-28.endive"
"""The version that the SDK's types and our reading of notices are written for."""

CONNECT_SECONDS = 3.05
READ_SECONDS = 20.0
RETRIES = 2


def connect(
    *,
    api_key: str,
    api_url: str | None = None,
    read_seconds: float = READ_SECONDS,
    retries: int = RETRIES,
) -> "StripeClient":
    """A client to share between threads. `api_url` is another server than Stripe's.

    A call ends within about (retries + 1) x (connect + read) seconds; repetitions carry the
    idempotency key of the first try.
    """
    import stripe

    return stripe.StripeClient(
        api_key,
        stripe_version=API_VERSION,
        base_addresses={"api": api_url} if api_url else {},
        max_network_retries=retries,
        http_client=stripe.RequestsClient(timeout=(CONNECT_SECONDS, read_seconds)),
    )
