"""The providers that keep the contract, and the orders that tests give them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import uuid4

import attrs
import pytest

from autodoctor.adapters.embedded.stripe_sandbox.child import SandboxChild
from autodoctor.adapters.embedded.stripe_sandbox.signing import signature
from autodoctor.adapters.memory.payment_notices import Delivery
from autodoctor.adapters.memory.payment_records import MemoryPaymentRecords
from autodoctor.adapters.memory.payment_world import PaymentWorld
from autodoctor.adapters.memory.payments import MemoryPayments, MemoryPayoutAccounts
from autodoctor.adapters.stripe.client import connect
from autodoctor.adapters.stripe.notices import StripePaymentNotices
from autodoctor.adapters.stripe.payment_records import StripePaymentRecords
from autodoctor.adapters.stripe.payments import StripePayments
from autodoctor.adapters.stripe.payout_accounts import StripePayoutAccounts
from autodoctor.domain.shared.ids import (
    AccountId,
    CheckoutId,
    IntakeId,
    RefundId,
    SessionId,
    TransferId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import (
    DisputeOutcome,
    NoticeKind,
    PaymentNotice,
    PaymentNotices,
)
from autodoctor.ports.payment_records import PaymentRecords
from autodoctor.ports.payment_refusals import (
    No,
    PaymentRefused,
)
from autodoctor.ports.payments import (
    PROVIDER_ID_SLOT,
    CheckoutOrder,
    CheckoutState,
    Payments,
    RefundOrder,
    ReversalId,
    ReversalOrder,
    TransferOrder,
)
from autodoctor.ports.payout_accounts import PayoutAccounts
from support import plain

API_KEY = "sk_test_contract"
SECRET = "whsec_contract"
PRICE = Money(4999)


class Provider(Protocol):
    """The ports, and what people, banks and the net do to them."""

    payments: Payments
    records: PaymentRecords
    accounts: PayoutAccounts
    notices: PaymentNotices

    def pay(self, provider_id: str) -> None: ...
    def pay_other_amount(self, provider_id: str, minor: int) -> None: ...
    def pay_with_slow_refunds(self, provider_id: str) -> None: ...
    def let_refund_arrive(self, refund_id: str) -> None: ...
    def refund_at_provider(self, charge_id: str, minor: int) -> None: ...
    def reverse_at_provider(self, transfer_id: str, minor: int) -> None: ...
    def pay_out(self, account: str, minor: int) -> str: ...
    def finish_payout(self, payout_id: str, failure: str = "") -> None: ...
    def decline(self, provider_id: str) -> None: ...
    def finish_onboarding(self, provider_account: str) -> None: ...
    def fail_refund(self, refund_id: str) -> None: ...
    def open_dispute(self, charge_id: str, minor: int | None = None) -> str: ...
    def close_dispute(self, dispute_id: str, outcome: DisputeOutcome) -> None: ...
    def forget_keys(self) -> None: ...
    def lose_next_answer(self) -> None: ...
    def go_down(self) -> None: ...
    def come_back(self) -> None: ...
    def deliveries(self) -> list[Delivery]: ...


class InMemory:
    def __init__(self) -> None:
        self.world = PaymentWorld(clock=now)
        self.payments = MemoryPayments(self.world)
        self.records = MemoryPaymentRecords(self.world)
        self.accounts = MemoryPayoutAccounts(self.world)
        self.notices = self.world.notices
        self.pay = self.world.pay
        self.decline = self.world.decline
        self.fail_refund = self.world.fail_refund
        self.close_dispute = self.world.close_dispute
        self.forget_keys = self.world.forget_keys
        self.lose_next_answer = self.world.lose_next_answer
        self.go_down = self.world.go_down
        self.come_back = self.world.come_back
        self.deliveries = self.world.notices.deliveries

    def open_dispute(self, charge_id: str, minor: int | None = None) -> str:
        return self.world.open_dispute(charge_id, None if minor is None else Money(minor))

    def finish_onboarding(self, provider_account: str) -> None:
        self.world.set_ready(provider_account)

    def pay_other_amount(self, provider_id: str, minor: int) -> None:
        self.world.pay(provider_id, received=Money(minor))

    def pay_with_slow_refunds(self, provider_id: str) -> None:
        self.world.pay(provider_id)
        self.world.slow_down_refunds()

    def let_refund_arrive(self, refund_id: str) -> None:
        self.world.let_refund_arrive(refund_id)

    def refund_at_provider(self, charge_id: str, minor: int) -> None:
        self.world.refund_at_provider(charge_id, Money(minor))

    def reverse_at_provider(self, transfer_id: str, minor: int) -> None:
        self.world.reverse_at_provider(transfer_id, Money(minor))

    def pay_out(self, account: str, minor: int) -> str:
        return self.world.pay_out(account, Money(minor))

    def finish_payout(self, payout_id: str, failure: str = "") -> None:
        self.world.finish_payout(payout_id, failure=failure)


class AtSandbox:
    """No retries by the SDK, so that one fault is one failed call."""

    def __init__(self, sandbox: SandboxChild) -> None:
        self._sandbox = sandbox
        client = connect(api_key=API_KEY, api_url=sandbox.url, retries=0)
        self.payments = StripePayments(client)
        self.records = StripePaymentRecords(client)
        self.accounts = StripePayoutAccounts(client)
        self.notices = StripePaymentNotices([SECRET])
        self.forget_keys = lambda: self._command("forget_keys")
        self.lose_next_answer = lambda: self._command("fault", mode="lost")
        self.go_down = lambda: self._command("fault", mode="error", calls=1000)
        self.come_back = lambda: self._command("fault", mode="error", calls=0)

    def pay(self, provider_id: str) -> None:
        self._command("pay", checkout=provider_id)

    def decline(self, provider_id: str) -> None:
        self._command("pay", checkout=provider_id, card="4000000000000002")

    def pay_other_amount(self, provider_id: str, minor: int) -> None:
        self._command("pay", checkout=provider_id, amount=minor)

    def pay_with_slow_refunds(self, provider_id: str) -> None:
        self._command("pay", checkout=provider_id, card="4000000000007726")

    def let_refund_arrive(self, refund_id: str) -> None:
        """It does by itself, once the call that made it was answered."""

    def refund_at_provider(self, charge_id: str, minor: int) -> None:
        self._command("refund_charge", charge=charge_id, amount=minor)

    def reverse_at_provider(self, transfer_id: str, minor: int) -> None:
        self._command("reverse_transfer", transfer=transfer_id, amount=minor)

    def pay_out(self, account: str, minor: int) -> str:
        return str(self._sandbox.command("pay_out", account=account, amount=minor)["id"])

    def finish_payout(self, payout_id: str, failure: str = "") -> None:
        self._command("finish_payout", payout=payout_id, failure_code=failure)

    def finish_onboarding(self, provider_account: str) -> None:
        self._command("account", account=provider_account, ready=True)

    def fail_refund(self, refund_id: str) -> None:
        self._command("fail_refund", refund=refund_id)

    def open_dispute(self, charge_id: str, minor: int | None = None) -> str:
        part = {} if minor is None else {"amount": minor}
        return str(self._sandbox.command("open_dispute", charge=charge_id, **part)["id"])

    def close_dispute(self, dispute_id: str, outcome: DisputeOutcome) -> None:
        self._command("close_dispute", dispute=dispute_id, outcome=outcome.value)

    def deliveries(self) -> list[Delivery]:
        """Its newest hundred events, oldest first, signed as the webhook signs them."""
        with plain.client() as client:
            answer = client.get(
                f"{self._sandbox.url}/v1/events?limit=100",
                headers={"Authorization": f"Bearer {API_KEY}"},
            )
        payloads = [json.dumps(event).encode() for event in reversed(answer.json()["data"])]
        at = int(now().timestamp())
        return [
            Delivery(payload, signature(payload=payload, secret=SECRET, at=at))
            for payload in payloads
        ]

    def _command(self, action: str, **fields: object) -> None:
        self._sandbox.command(action, **fields)


def now() -> datetime:
    return datetime.now(UTC)


def an_order(**changes: object) -> CheckoutOrder:
    order = CheckoutOrder(
        checkout_id=CheckoutId(uuid4()),
        amount=PRICE,
        description="Standard video, 45 minutes",
        customer_email="customer@example.ca",
        success_url=f"https://autodoctor.example/paid?checkout={PROVIDER_ID_SLOT}",
        cancel_url="https://autodoctor.example/cancelled",
        expires_at=now() + timedelta(hours=1),
        transfer_group=f"group-{uuid4()}",
        intake_id=IntakeId(uuid4()),
        session_id=SessionId(uuid4()),
    )
    return attrs.evolve(order, **changes)


def a_paid_checkout(provider: Provider, **changes: object) -> tuple[CheckoutOrder, CheckoutState]:
    order = an_order(**changes)
    opened = provider.payments.open_checkout(order)
    provider.pay(opened.provider_id)
    return order, provider.payments.find_checkout(opened.provider_id)


def a_refund(paid: CheckoutState, minor: int, **changes: object) -> RefundOrder:
    assert paid.payment_id is not None
    order = RefundOrder(
        refund_id=RefundId(uuid4()), payment_id=paid.payment_id, amount=Money(minor)
    )
    return attrs.evolve(order, **changes)


def a_transfer(
    order: CheckoutOrder, paid: CheckoutState, account: str, minor: int, **changes: object
) -> TransferOrder:
    assert paid.charge_id is not None
    transfer = TransferOrder(
        transfer_id=TransferId(uuid4()),
        account=account,
        amount=Money(minor),
        charge_id=paid.charge_id,
        transfer_group=order.transfer_group,
    )
    return attrs.evolve(transfer, **changes)


def a_reversal(transfer: str, minor: int, **changes: object) -> ReversalOrder:
    order = ReversalOrder(
        reversal_id=ReversalId(uuid4()), provider_transfer_id=transfer, amount=Money(minor)
    )
    return attrs.evolve(order, **changes)


def an_account(provider: Provider, *, ready: bool = True) -> str:
    account = provider.accounts.create(
        account_id=AccountId(uuid4()), email="mechanic@example.ca", country="CA"
    )
    if ready:
        provider.finish_onboarding(account)
    return account


def refusal_of(raised: pytest.ExceptionInfo[PaymentRefused]) -> No:
    return raised.value.because


def notices(provider: Provider, kind: NoticeKind) -> list[PaymentNotice]:
    parsed = [
        provider.notices.parse(delivery.payload, delivery.signature, now())
        for delivery in provider.deliveries()
    ]
    return [notice for notice in parsed if notice.kind is kind]
