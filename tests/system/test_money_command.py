"""`autodoctor money verify`, asking the sandbox as it asks Stripe."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from autodoctor.adapters.stripe.client import connect
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.domain.shared.actor import SYSTEM
from support.people import booked, customer
from support.running import Running, installation

pytestmark = pytest.mark.xdist_group("system")


@pytest.fixture(scope="module")
def books() -> Iterator[Running]:
    """An installation of its own: what others pay would be compared, too."""
    with installation("money") as running:
        yield running


def verified(running: Running, *options: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "autodoctor.entrypoints.cli", "money", "verify", *options]
    done = subprocess.run(
        command, env=running.environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, done.stdout


def a_payment(running: Running) -> None:
    ports, who = running.here.ports, customer(running.here.ports)
    intake = booked(ports, who, plan="quick-chat")
    page = check_out(ports, actor=who.actor, intake_id=intake.id).checkout_id
    assert page is not None
    with ports.transactions(SYSTEM) as tx:
        provider_id = tx.checkouts.get(page).provider_id
    assert provider_id is not None
    running.sandbox("pay", checkout=provider_id)
    resolve(ports, provider_id=provider_id)


def test_books_that_agree_exit_with_0_and_what_differs_with_1(books: Running) -> None:
    a_payment(books)
    assert verified(books) == (0, "No differences. 1 payments compared.\n")

    here = books.here.embedded
    stripe = connect(api_key=here.stripe_key, api_url=here.sandbox_url)
    account = stripe.v1.accounts.create({"type": "express", "country": "CA"})
    books.sandbox("account", account=account.id, ready=True)
    transfer = stripe.v1.transfers.create(
        {"amount": 1, "currency": "cad", "destination": account.id}
    )

    code, text = verified(books, "--json")
    found = [(each["kind"], each["subject"]) for each in json.loads(text)["differences"]]
    assert (code, found) == (1, [("transfer_unknown", transfer.id)])
