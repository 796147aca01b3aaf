"""What can be made to happen, by JSON and by the buttons on the pages."""

import pytest
import stripe

from autodoctor.adapters.embedded.stripe_sandbox.child import SandboxCommandRefused

from .town import Town


@pytest.mark.parametrize(
    "command",
    [
        {"action": "dance"},
        {"action": "hold", "for": "ever"},
        {"action": "account", "account": "acct_1"},
        {"action": "account", "account": "acct_none", "ready": True},
        {"action": "fault", "mode": "error", "calls": -1},
        {"action": "plan", "effect": "delay", "seconds": "soon"},
        {"action": "send", "event": "evt_none"},
    ],
)
def test_a_command_that_makes_no_sense_is_refused(town: Town, command: dict[str, object]) -> None:
    answer = town.http.post("/sandbox/control", json=command)

    assert answer.status_code in {404, 422}
    assert answer.json()["error"]["message"]


def test_garbled_json_is_refused(town: Town) -> None:
    headers = {"Content-Type": "application/json"}

    answer = town.http.post("/sandbox/control", content=b"{", headers=headers)

    assert answer.status_code == 422


def test_a_button_does_its_work_and_returns_to_its_page(town: Town) -> None:
    account = town.stripe.accounts.create({"type": "express"})
    form = {
        "action": "account",
        "account": account.id,
        "ready": "true",
        "back": f"/objects/{account.id}",
    }

    answer = town.http.post("/sandbox/control", data=form)

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/objects/{account.id}"
    assert town.stripe.accounts.retrieve(account.id).payouts_enabled


@pytest.mark.parametrize("back", ["//evil.example", "http://evil.example", "/\\evil.example"])
def test_a_button_returns_to_no_other_site(town: Town, back: str) -> None:
    answer = town.http.post("/sandbox/control", data={"action": "release", "back": back})

    assert answer.headers["Location"] == "/"


def test_a_button_of_another_site_is_refused(town: Town) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}

    answer = town.http.post("/sandbox/control", data={"action": "hold"}, headers=headers)

    assert answer.status_code == 403


def test_an_account_can_lose_its_readiness(town: Town) -> None:
    account = town.ready_account()

    town.sandbox.command("account", account=account.id, ready=False)

    event = town.listener.wait_for("account.updated", times=2)
    found = town.stripe.accounts.retrieve(account.id)
    assert event.account == account.id
    assert event.data.previous_attributes["payouts_enabled"] is True
    assert found.capabilities.transfers == "inactive"
    assert "external_account" in found.requirements.currently_due


def test_a_dispute_takes_the_money_and_a_won_one_brings_it_back(town: Town) -> None:
    intent = town.paid_intent()
    full = platform_balance(town)

    dispute = town.sandbox.command("open_dispute", charge=intent.latest_charge)
    disputed = platform_balance(town)
    town.sandbox.command("close_dispute", dispute=dispute["id"], outcome="won")

    assert disputed == full - 4999
    assert platform_balance(town) == full


def test_a_lost_dispute_keeps_the_money(town: Town) -> None:
    intent = town.paid_intent()
    full = platform_balance(town)
    dispute = town.sandbox.command("open_dispute", charge=intent.latest_charge)

    town.sandbox.command("close_dispute", dispute=dispute["id"], outcome="lost")

    assert platform_balance(town) == full - 4999
    with pytest.raises(SandboxCommandRefused):
        town.sandbox.command("close_dispute", dispute=dispute["id"], outcome="won")
    with pytest.raises(SandboxCommandRefused):
        town.sandbox.command("open_dispute", charge=intent.latest_charge)


def test_a_refund_that_fails_brings_the_money_back(town: Town) -> None:
    intent = town.paid_intent()
    full = platform_balance(town)
    refund = town.stripe.refunds.create({"payment_intent": intent.id})

    town.sandbox.command("fail_refund", refund=refund.id)

    assert platform_balance(town) == full
    assert town.stripe.refunds.retrieve(refund.id).status == "failed"
    assert not town.stripe.charges.retrieve(str(intent.latest_charge)).refunded
    with pytest.raises(SandboxCommandRefused):
        town.sandbox.command("fail_refund", refund=refund.id)


def test_a_checkout_can_be_expired_early(town: Town) -> None:
    session = town.checkout()

    town.sandbox.command("expire_checkout", checkout=session.id)

    assert town.stripe.checkout.sessions.retrieve(session.id).status == "expired"
    with pytest.raises(SandboxCommandRefused):
        town.sandbox.command("pay", checkout=session.id)


def test_keys_can_be_forgotten(town: Town) -> None:
    intent = town.paid_intent()
    params = {"payment_intent": intent.id, "amount": 1}
    first = town.stripe.refunds.create(params, {"idempotency_key": "key-forgotten"})

    town.sandbox.command("forget_keys")

    second = town.stripe.refunds.create(params, {"idempotency_key": "key-forgotten"})
    assert second.id != first.id


def test_a_slow_answer_is_a_time_out_for_the_sdk(town: Town) -> None:
    client = stripe.StripeClient(
        "sk_test_integration",
        base_addresses={"api": town.url},
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=0.2),
    ).v1
    town.sandbox.command("fault", mode="timeout", seconds=1)

    with pytest.raises(stripe.APIConnectionError):
        client.balance.retrieve()


def platform_balance(town: Town) -> int:
    return town.stripe.balance.retrieve().available[0].amount
