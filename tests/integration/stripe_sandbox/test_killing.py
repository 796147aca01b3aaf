"""Killed at any moment, the sandbox goes on where it was."""

import concurrent.futures
import socket
import time
from pathlib import Path

import httpx
import pytest

from autodoctor.adapters.embedded.stripe_sandbox.serve import serve
from support import plain
from support.waiting import let_pass

from .town import CARD, Listener, Town, eventually, new_sandbox

pytestmark = pytest.mark.kills

STOPS_WITHIN_SECONDS = 5


def test_what_was_answered_is_there_after_a_kill(tmp_path: Path) -> None:
    with Listener() as listener, new_sandbox(tmp_path, listener) as sandbox:
        town = Town(sandbox, listener)
        intent = town.paid_intent()
        params = {"payment_intent": intent.id, "amount": 100}
        refund = town.stripe.refunds.create(params, {"idempotency_key": "before"})

        sandbox.kill()
        sandbox.start()

        replayed = town.stripe.refunds.create(params, {"idempotency_key": "before"})
        assert replayed.id == refund.id
        assert town.stripe.payment_intents.retrieve(intent.id).status == "succeeded"
        town.close()


def test_webhooks_that_were_due_come_after_a_kill(tmp_path: Path) -> None:
    with Listener() as listener, new_sandbox(tmp_path, listener) as sandbox:
        town = Town(sandbox, listener)
        sandbox.command("hold")
        town.paid_intent()

        sandbox.kill()
        sandbox.start()
        sandbox.command("release")

        listener.wait_for("checkout.session.completed")
        assert listener.types.count("payment_intent.succeeded") == 1
        town.close()


def test_kills_in_the_middle_of_requests_leave_whole_payments(tmp_path: Path) -> None:
    """Whatever was under way is there with its money and its events, or not at all."""
    with Listener() as listener, new_sandbox(tmp_path, listener) as sandbox:
        town = Town(sandbox, listener)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for moment in (0.005, 0.02, 0.05):
                sessions = [town.checkout().id for _ in range(4)]
                tries = [pool.submit(try_to_pay, town.url, session) for session in sessions]
                let_pass(moment)
                sandbox.kill()
                concurrent.futures.wait(tries)
                sandbox.start()

        charges = town.stripe.charges.list({"limit": 100}).data
        paid = [
            session
            for session in town.stripe.checkout.sessions.list({"limit": 100}).data
            if session.payment_status == "paid"
        ]
        balance = town.stripe.balance.retrieve().available[0].amount
        eventually(
            lambda: len({received.event.id for received in listener.received}) == 4 * len(charges)
        )
        assert len(charges) == len(paid)
        assert balance == 4999 * len(charges)
        town.close()


def test_a_second_sandbox_at_the_same_port_does_not_start(tmp_path: Path) -> None:
    taken = socket.create_server(("127.0.0.1", 0))

    with taken, pytest.raises(OSError, match="in use"):
        serve(
            host="127.0.0.1",
            port=taken.getsockname()[1],
            data_dir=tmp_path,
            webhook_url="http://127.0.0.1:9/",
            webhook_secret="whsec_1",
            api_key="sk_test_1",
        )


def test_a_sandbox_told_to_stop_stops(tmp_path: Path) -> None:
    with Listener() as listener, new_sandbox(tmp_path, listener) as sandbox:
        began = time.monotonic()

        sandbox.stop()

        assert time.monotonic() - began < STOPS_WITHIN_SECONDS
        with pytest.raises(httpx.ConnectError):
            plain.get(sandbox.url)


def try_to_pay(url: str, session_id: str) -> int | None:
    try:
        with plain.client() as client:
            return client.post(f"{url}/c/pay/{session_id}", data=CARD).status_code
    except httpx.TransportError:
        return None
