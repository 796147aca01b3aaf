"""Webhooks: signed, repeated until taken; late, twice, lost or out of order when told so."""

import pytest
import stripe

from .town import SECRET, Town, eventually


def attempts(town: Town, event_id: str) -> str:
    """The event's page, which lists its deliveries and tries."""
    return town.http.get(f"/objects/{event_id}").text


def test_a_payment_is_told_in_order_and_verified_by_the_sdk(town: Town) -> None:
    town.paid_intent()

    town.listener.wait_for("checkout.session.completed")

    assert town.listener.types == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_an_event_tells_which_request_caused_it(town: Town) -> None:
    intent = town.paid_intent()
    params = {"payment_intent": intent.id, "amount": 1}
    town.stripe.refunds.create(params, {"idempotency_key": "key-event"})

    event = town.listener.wait_for("charge.refunded")

    assert event.request is not None
    assert event.request.idempotency_key == "key-event"
    assert event.data.object["metadata"]["checkout_id"] == "c-1"


def test_a_signature_of_another_secret_or_body_is_refused_by_the_sdk(town: Town) -> None:
    town.paid_intent()
    town.listener.wait_for("charge.succeeded")
    received = town.listener.received[0]

    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(received.payload, received.signature, "whsec_other")
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(received.payload + b" ", received.signature, SECRET)


def test_a_webhook_that_is_not_taken_comes_again(town: Town) -> None:
    town.listener.answers.extend([500, 302])
    account = town.stripe.accounts.create({"type": "express"})

    town.sandbox.command("account", account=account.id, ready=True)

    event = town.listener.wait_for("account.updated", times=3)
    eventually(lambda: "delivered after 3 tries" in attempts(town, event.id))
    page = attempts(town, event.id)
    assert "HTTP 500" in page
    assert "HTTP 302" in page
    assert "HTTP 200" in page
    assert len({received.event.id for received in town.listener.received}) == 1


def test_a_webhook_that_is_never_taken_is_given_up_and_can_be_sent_again(town: Town) -> None:
    town.listener.answers.extend([500] * 4)
    account = town.stripe.accounts.create({"type": "express"})
    town.sandbox.command("account", account=account.id, ready=True)
    event = town.listener.wait_for("account.updated", times=4)
    eventually(lambda: "given up after 4 tries" in attempts(town, event.id))

    town.sandbox.command("send", event=event.id)

    town.listener.wait_for("account.updated", times=5)


CALLS = 20
"""Each of them books something to be delivered, and whoever delivers looks at all of it."""


def test_webhooks_held_back_come_when_released(town: Town) -> None:
    town.sandbox.command("hold")
    town.paid_intent()
    for _ in range(CALLS):
        town.stripe.accounts.create({"type": "express"})
    held = list(town.listener.received)

    town.sandbox.command("release")

    town.listener.wait_for("checkout.session.completed")
    assert held == []


def test_webhooks_can_come_in_reverse(town: Town) -> None:
    town.sandbox.command("hold")
    town.paid_intent()

    town.sandbox.command("release", order="reversed")

    town.listener.wait_for("payment_intent.created")
    assert town.listener.types == [
        "checkout.session.completed",
        "payment_intent.succeeded",
        "charge.succeeded",
        "payment_intent.created",
    ]


def test_shuffled_webhooks_all_come(town: Town) -> None:
    town.sandbox.command("hold")
    town.paid_intent()

    town.sandbox.command("release", order="shuffled")

    eventually(lambda: len(town.listener.received) == 4)
    assert len(set(town.listener.types)) == 4


def test_a_webhook_can_come_twice(town: Town) -> None:
    town.sandbox.command("plan", effect="twice", event_type="checkout.session.completed")

    town.paid_intent()

    town.listener.wait_for("checkout.session.completed", times=2)
    twice = [
        received.event.id
        for received in town.listener.received
        if received.event.type == "checkout.session.completed"
    ]
    assert twice[0] == twice[1]


def test_a_webhook_can_get_lost_and_be_sent_again(town: Town) -> None:
    town.sandbox.command("plan", effect="lose", event_type="payment_intent.succeeded")
    intent = town.paid_intent()
    town.listener.wait_for("checkout.session.completed")
    before = town.listener.types

    events = town.stripe.events.list({"type": "payment_intent.succeeded", "limit": 1})
    town.sandbox.command("send", event=events.data[0].id)

    found = town.listener.wait_for("payment_intent.succeeded")
    assert "payment_intent.succeeded" not in before
    assert found.data.object["id"] == intent.id


def test_a_webhook_can_come_late_and_others_overtake_it(town: Town) -> None:
    town.sandbox.command("plan", effect="delay", event_type="payment_intent.created", seconds=0.5)

    town.paid_intent()

    town.listener.wait_for("payment_intent.created")
    assert town.listener.types[-1] == "payment_intent.created"
    assert town.listener.types[0] == "charge.succeeded"


def test_what_is_still_due_of_an_event_can_be_dropped(town: Town) -> None:
    town.sandbox.command("hold")
    town.paid_intent()
    newest = town.stripe.events.list({"limit": 1}).data[0]

    town.sandbox.command("lose", event=newest.id)
    town.sandbox.command("release")

    town.listener.wait_for("payment_intent.succeeded")
    assert "lost on purpose" in attempts(town, newest.id)
    assert "checkout.session.completed" not in town.listener.types


def test_plans_can_be_forgotten(town: Town) -> None:
    town.sandbox.command("plan", effect="lose", times=100)

    town.sandbox.command("forget_plans")
    town.paid_intent()

    town.listener.wait_for("payment_intent.created")
