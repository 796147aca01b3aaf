"""What time does: checkouts, links and idempotency keys run out."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from autodoctor.adapters.embedded.stripe_sandbox.app import create
from autodoctor.adapters.embedded.stripe_sandbox.settings import SandboxSettings

HEADERS = {"Authorization": "Bearer sk_test_time"}
CHECKOUT = {
    "mode": "payment",
    "line_items[0][price_data][currency]": "cad",
    "line_items[0][price_data][unit_amount]": "4999",
    "line_items[0][price_data][product_data][name]": "Standard video",
    "success_url": "http://app.example/paid",
    "cancel_url": "http://app.example/cancelled",
}
HOUR = 3600.0


class Hands:
    """A clock whose hands are moved."""

    def __init__(self) -> None:
        self.at = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


class Http:
    """Requests to an application in this process."""

    def __init__(self, app: Starlette) -> None:
        self._app = app

    def get(self, url: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._send("GET", url, options))

    def post(self, url: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._send("POST", url, options))

    async def _send(self, method: str, url: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.request(method, url, **options)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def http(tmp_path: Path, clock: Hands) -> Http:
    settings = SandboxSettings(
        data_dir=tmp_path,
        public_url="http://testserver",
        webhook_url="http://127.0.0.1:9/",
        webhook_secret="whsec_time",
        api_key="sk_test_time",
        clock=clock,
    )
    return Http(create(settings))


def test_a_checkout_expires_when_its_time_has_come(http: Http, clock: Hands) -> None:
    form = CHECKOUT | {"expires_at": str(int(clock.at + HOUR))}
    session = http.post("/v1/checkout/sessions", data=form, headers=HEADERS).json()

    clock.at += HOUR - 1
    before = http.get(f"/c/pay/{session['id']}")
    clock.at += 1
    after = http.get(f"/c/pay/{session['id']}")

    found = http.get(f"/v1/checkout/sessions/{session['id']}", headers=HEADERS).json()
    events = http.get("/v1/events?type=checkout.session.expired", headers=HEADERS).json()
    assert (before.status_code, after.status_code) == (200, 410)
    assert found["status"] == "expired"
    assert [event["data"]["object"]["id"] for event in events["data"]] == [session["id"]]


def test_a_checkout_without_a_time_stays_open_for_a_day(http: Http, clock: Hands) -> None:
    session = http.post("/v1/checkout/sessions", data=CHECKOUT, headers=HEADERS).json()

    assert session["expires_at"] == clock.at + 24 * HOUR


@pytest.mark.parametrize("seconds", [0, 29 * 60, 24 * 3600 + 1])
def test_a_checkout_cannot_be_open_for_too_short_or_too_long(
    http: Http, clock: Hands, seconds: int
) -> None:
    form = CHECKOUT | {"expires_at": str(int(clock.at) + seconds)}

    answer = http.post("/v1/checkout/sessions", data=form, headers=HEADERS)

    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "expires_at"


def test_a_card_expires_after_the_last_day_of_its_month(http: Http, clock: Hands) -> None:
    """The clock shows January 2027."""
    session = http.post("/v1/checkout/sessions", data=CHECKOUT, headers=HEADERS).json()
    card = {"number": "4242424242424242", "cvc": "123", "name": "Ada"}

    late = http.post(f"/c/pay/{session['id']}", data=card | {"expiry": "12/26"})
    in_time = http.post(f"/c/pay/{session['id']}", data=card | {"expiry": "01/2027"})

    assert (late.status_code, in_time.status_code) == (422, 303)


def test_a_stale_onboarding_link_leads_to_a_fresh_one(http: Http, clock: Hands) -> None:
    account = http.post("/v1/accounts", data={"type": "express"}, headers=HEADERS).json()
    form = {
        "account": account["id"],
        "return_url": "http://app.example/return",
        "refresh_url": "http://app.example/refresh",
        "type": "account_onboarding",
    }
    url = http.post("/v1/account_links", data=form, headers=HEADERS).json()["url"]

    clock.at += 299
    in_time = http.get(url)
    clock.at += 1
    late = http.post(url)

    assert in_time.status_code == 200
    assert late.headers["Location"] == "http://app.example/refresh"
    found = http.get(f"/v1/accounts/{account['id']}", headers=HEADERS).json()
    assert not found["details_submitted"]


def test_an_idempotency_key_is_kept_for_a_day(http: Http, clock: Hands) -> None:
    headers = HEADERS | {"Idempotency-Key": "daily"}

    first = http.post("/v1/accounts", data={"type": "express"}, headers=headers).json()
    clock.at += 24 * HOUR - 1
    same_day = http.post("/v1/accounts", data={"type": "express"}, headers=headers).json()
    clock.at += 1
    next_day = http.post("/v1/accounts", data={"type": "express"}, headers=headers).json()

    assert same_day["id"] == first["id"]
    assert next_day["id"] != first["id"]
