"""A running sandbox, somebody who listens to its webhooks, and a browser's ways."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import attrs
import httpx
import stripe

from autodoctor.adapters.embedded.stripe_sandbox.child import SandboxChild
from support import plain
from support.waiting import until

API_KEY = "sk_test_integration"
SECRET = "whsec_integration"
CARD = {"number": "4242 4242 4242 4242", "expiry": "12/40", "cvc": "123", "name": "Ada Byron"}


@attrs.frozen
class Received:
    payload: bytes
    signature: str

    @property
    def event(self) -> stripe.Event:
        """Verified by the real SDK."""
        return stripe.Webhook.construct_event(self.payload, self.signature, SECRET)


class Listener:
    """A webhook endpoint; `answers` are the next status codes, 200 when there are none."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: list[int] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                body = self.rfile.read(size)
                if len(body) < size:
                    return  # The sender was killed in the middle of it.
                listener.received.append(Received(body, self.headers["Stripe-Signature"]))
                self.send_response(listener.answers.pop(0) if listener.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                """Keeps the test's output readable."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/webhooks"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def types(self) -> list[str]:
        return [received.event.type for received in self.received]

    def wait_for(self, event_type: str, *, times: int = 1) -> stripe.Event:
        """The last of so many of a type."""
        eventually(lambda: self.types.count(event_type) >= times)
        return next(
            received.event
            for received in reversed(self.received)
            if received.event.type == event_type
        )


class Town:
    """The sandbox at `url`, reached by the SDK, a raw client and a browser without scripts."""

    def __init__(self, sandbox: SandboxChild, listener: Listener) -> None:
        self.sandbox = sandbox
        self.listener = listener
        self.url = sandbox.url
        self.stripe = stripe.StripeClient(
            API_KEY, base_addresses={"api": sandbox.url}, max_network_retries=0
        ).v1
        self.http = plain.client(base_url=sandbox.url, timeout=10)
        self.api = plain.client(
            base_url=sandbox.url,
            timeout=10,
            headers={"Authorization": f"Bearer {API_KEY}"},
        )

    def close(self) -> None:
        self.http.close()
        self.api.close()

    def checkout(self, *, amount: int = 4999) -> stripe.checkout.Session:
        return self.stripe.checkout.sessions.create(checkout_params(amount))

    def paid_intent(self, *, amount: int = 4999) -> stripe.PaymentIntent:
        session = self.checkout(amount=amount)
        self.sandbox.command("pay", checkout=session.id)
        intent = self.stripe.checkout.sessions.retrieve(session.id).payment_intent
        assert isinstance(intent, str)
        return self.stripe.payment_intents.retrieve(intent)

    def ready_account(self) -> stripe.Account:
        account = self.stripe.accounts.create({"type": "express", "email": "m@example.ca"})
        self.sandbox.command("account", account=account.id, ready=True)
        return account

    def submit(self, session_id: str, **changes: str) -> httpx.Response:
        """Sends the form of the page to pay on."""
        return self.http.post(f"/c/pay/{session_id}", data=CARD | changes)


def checkout_params(amount: int = 4999) -> Any:
    return {
        "mode": "payment",
        "line_items": [
            {
                "price_data": {
                    "currency": "cad",
                    "unit_amount": amount,
                    "product_data": {"name": "Standard <video>"},
                },
                "quantity": 1,
            }
        ],
        "customer_email": "customer@example.ca",
        "success_url": "http://app.example/paid?checkout={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://app.example/cancelled",
        "metadata": {"checkout_id": "c-1"},
        "payment_intent_data": {"metadata": {"checkout_id": "c-1"}, "transfer_group": "g-1"},
    }


def new_sandbox(data_dir: Path, listener: Listener) -> SandboxChild:
    return SandboxChild(
        data_dir=data_dir,
        webhook_url=listener.url,
        webhook_secret=SECRET,
        api_key=API_KEY,
        retry_seconds=(0.1, 0.1, 0.1),
    )


def eventually(happened: Callable[[], bool]) -> None:
    """Waits until it is true, and fails when it never is."""
    until("it to happen", happened)
