"""The sandbox's events in our own hands: which arrive, in what order, how often."""

import json
import time
from typing import Any

import httpx

from autodoctor.adapters.embedded.stripe_sandbox.signing import signature
from support import plain
from support.running import Running


def lose_all(running: Running) -> None:
    """From now on the sandbox delivers nothing by itself."""
    running.sandbox("plan", effect="lose", times=10_000)


def about(running: Running, provider_id: str) -> dict[str, dict[str, Any]]:
    """The events of one checkout by type, with those of its payment."""
    checkout = _get(running, f"/v1/checkout/sessions/{provider_id}")
    ids = {provider_id, checkout["payment_intent"]}
    listed = _get(running, "/v1/events?limit=100")["data"]
    mine = [event for event in listed if event["data"]["object"]["id"] in ids]
    return {event["type"]: event for event in mine}


def _get(running: Running, path: str) -> Any:
    here = running.here.embedded
    answer = plain.get(here.sandbox_url + path, auth=(here.stripe_key, ""), timeout=10)
    answer.raise_for_status()
    return answer.json()


def deliver(running: Running, event: dict[str, Any]) -> httpx.Response:
    """As Stripe would: signed, the same body every time."""
    payload = json.dumps(event).encode()
    secret = running.here.webhook_secret
    signed = signature(payload=payload, secret=secret, at=int(time.time()))
    headers = {"Stripe-Signature": signed, "Content-Type": "application/json"}
    url = f"{running.url}/api/stripe/webhook"
    return plain.post(url, content=payload, headers=headers, timeout=20)
