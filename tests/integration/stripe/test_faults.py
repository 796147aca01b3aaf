"""What Stripe's refusals and outages become here."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import attrs
import pytest
import stripe

from autodoctor.adapters.embedded.stripe_sandbox.child import SandboxChild
from autodoctor.adapters.stripe.client import connect
from autodoctor.adapters.stripe.faults import refusal
from autodoctor.adapters.stripe.payments import StripePayments
from autodoctor.adapters.stripe.payout_accounts import StripePayoutAccounts
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.payment_refusals import No, Outage, PaymentRefused, PaymentsUnavailable

API_KEY = "sk_test_faults"


@attrs.define
class Stripe:
    """Answers each path as it is told, and knows what it was asked."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, Any]]] = attrs.field(factory=dict)
    asked: list[str] = attrs.field(factory=list)

    @property
    def payments(self) -> StripePayments:
        return StripePayments(connect(api_key=API_KEY, api_url=self.url, retries=0))


@pytest.fixture
def there() -> Iterator[Stripe]:
    told = Stripe()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            told.asked.append(f"{self.command} {path}")
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, body = told.answers[path]
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join(5)


def no(code: str) -> tuple[int, dict[str, Any]]:
    return 400, {"error": {"type": "invalid_request_error", "code": code, "message": "No."}}


def an_open_page() -> tuple[int, dict[str, Any]]:
    return 200, {
        "id": "cs_test_1",
        "object": "checkout.session",
        "amount_total": 4999,
        "currency": "cad",
        "metadata": {},
        "payment_intent": None,
        "payment_status": "unpaid",
        "status": "open",
    }


def refused(call: Callable[[str], object]) -> PaymentRefused:
    with pytest.raises(PaymentRefused) as raised:
        call("cs_test_1")
    return raised.value


def test_a_page_that_stripe_does_not_show_is_not_taken_for_an_unknown_one(there: Stripe) -> None:
    there.answers["/v1/checkout/sessions/cs_test_1"] = no("parameter_unknown")

    found = refused(there.payments.find_checkout)

    assert (found.because, found.code) == (No.OTHER, "parameter_unknown")


def test_a_page_that_stripe_does_not_close_is_not_taken_for_closed(there: Stripe) -> None:
    there.answers["/v1/checkout/sessions/cs_test_1"] = an_open_page()
    there.answers["/v1/checkout/sessions/cs_test_1/expire"] = no("parameter_unknown")

    assert refused(there.payments.expire_checkout).because is No.OTHER

    assert there.asked == [
        "POST /v1/checkout/sessions/cs_test_1/expire",
        "GET /v1/checkout/sessions/cs_test_1",
    ]


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (stripe.RateLimitError("Slower.", http_status=429), Outage.BUSY),
        (stripe.APIError("At it.", http_status=409), Outage.BUSY),
        (stripe.APIError("Broken.", http_status=500), Outage.FAILING),
        (stripe.APIConnectionError("No answer."), Outage.UNREACHABLE),
        (stripe.AuthenticationError("Who?", http_status=401), Outage.CREDENTIALS),
        (stripe.PermissionError("Not you.", http_status=403), Outage.CREDENTIALS),
    ],
)
def test_what_is_no_answer_may_have_worked_and_is_tried_again(
    error: stripe.StripeError, outage: Outage
) -> None:
    found = refusal(error)

    assert isinstance(found, PaymentsUnavailable)
    assert found.because is outage


@pytest.fixture
def sandbox(tmp_path: Any) -> Iterator[SandboxChild]:
    child = SandboxChild(
        data_dir=tmp_path,
        webhook_url="http://127.0.0.1:9/nobody-listens",
        webhook_secret="whsec_faults",
        api_key=API_KEY,
    )
    with child:
        yield child


def test_an_order_that_is_being_carried_out_is_busy_for_whoever_sends_it_again(
    sandbox: SandboxChild,
) -> None:
    accounts = StripePayoutAccounts(connect(api_key=API_KEY, api_url=sandbox.url, retries=0))
    account_id = AccountId(uuid4())
    sandbox.command("fault", mode="timeout", seconds=3)

    def order(_: int) -> Outage | None:
        try:
            accounts.create(account_id=account_id, email="morgan@test.example", country="CA")
        except PaymentsUnavailable as unavailable:
            return unavailable.because
        return None

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(order, range(2)))

    assert sorted(map(str, answers)) == sorted([Outage.BUSY, Outage.FAILING])
