"""How the connection to Stripe behaves when it is new, wrong, slow or absent."""

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from stripe import _api_version

from autodoctor.adapters.embedded.stripe_sandbox.child import SandboxChild
from autodoctor.adapters.stripe.client import API_VERSION, connect
from autodoctor.adapters.stripe.payments import StripePayments
from autodoctor.ports.payment_refusals import CheckoutUnknown, Outage, PaymentsUnavailable

API_KEY = "sk_test_connection"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxChild]:
    child = SandboxChild(
        data_dir=tmp_path_factory.mktemp("sandbox"),
        webhook_url="http://127.0.0.1:9/nobody-listens",
        webhook_secret="whsec_connection",
        api_key=API_KEY,
    )
    with child:
        yield child


def outage_of(payments: StripePayments) -> Outage:
    with pytest.raises(PaymentsUnavailable) as raised:
        payments.find_checkout("cs_test_1")
    return raised.value.because


def test_our_modules_do_not_import_the_sdk() -> None:
    program = (
        "import sys\n"
        "import autodoctor.adapters.stripe.client, autodoctor.adapters.stripe.notices\n"
        "import autodoctor.adapters.stripe.payments, autodoctor.adapters.stripe.payout_accounts\n"
        "sys.exit('stripe' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_pinned_version_is_the_one_the_sdk_was_made_for() -> None:
    assert _api_version._ApiVersion.CURRENT == API_VERSION


def test_a_wrong_key_is_a_fault_of_the_installation(sandbox: SandboxChild) -> None:
    client = connect(api_key="sk_test_wrong", api_url=sandbox.url, retries=0)

    assert outage_of(StripePayments(client)) is Outage.CREDENTIALS


def test_a_provider_that_cannot_be_reached_is_unavailable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        client = connect(api_key=API_KEY, api_url=url, retries=0)

        assert outage_of(StripePayments(client)) is Outage.UNREACHABLE


def test_a_slow_answer_is_waited_for_no_longer_than_told(sandbox: SandboxChild) -> None:
    client = connect(api_key=API_KEY, api_url=sandbox.url, read_seconds=0.2, retries=0)
    sandbox.command("fault", mode="timeout", seconds=1)

    assert outage_of(StripePayments(client)) is Outage.UNREACHABLE


def test_one_failure_is_tried_again_unseen(sandbox: SandboxChild) -> None:
    payments = StripePayments(connect(api_key=API_KEY, api_url=sandbox.url, retries=1))
    sandbox.command("fault", mode="error")

    with pytest.raises(CheckoutUnknown):
        payments.find_checkout("cs_test_1")


def test_failures_without_end_are_an_outage(sandbox: SandboxChild) -> None:
    payments = StripePayments(connect(api_key=API_KEY, api_url=sandbox.url, retries=0))
    sandbox.command("fault", mode="error")

    assert outage_of(payments) is Outage.FAILING
