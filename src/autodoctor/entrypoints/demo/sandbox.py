"""What only the sandbox can do: finish an onboarding without a person."""

import httpx

from autodoctor.adapters import trust
from autodoctor.entrypoints.bootstrap import Installation

SECONDS = 5.0


def control(here: Installation, action: str, **fields: object) -> None:
    """Tell the Stripe sandbox to do something that people, banks or bad luck do."""
    url = f"{here.embedded.sandbox_url}/sandbox/control"
    body = {"action": action, **fields}
    httpx.post(url, json=body, timeout=SECONDS, verify=trust.for_http()).raise_for_status()


def make_ready(here: Installation, account: str) -> None:
    control(here, "account", account=account, ready=True)
