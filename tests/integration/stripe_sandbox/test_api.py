"""The API as Stripe's SDK and plain HTTP see it."""

import concurrent.futures

import httpx
import pytest
import stripe

from support.contest import at_once

from .town import API_KEY, Town, checkout_params


def test_a_wrong_key_is_refused(town: Town) -> None:
    stranger = stripe.StripeClient("sk_test_wrong", base_addresses={"api": town.url}).v1

    with pytest.raises(stripe.AuthenticationError):
        stranger.balance.retrieve()


def test_a_key_can_be_sent_as_a_user_name(town: Town) -> None:
    right = town.http.get("/v1/balance", auth=(API_KEY, ""))
    wrong = town.http.get("/v1/balance", auth=("sk_test_wrong", ""))
    missing = town.http.get("/v1/balance")
    garbled = town.http.get("/v1/balance", headers={"Authorization": "Basic %%%"})

    assert right.status_code == 200
    assert [wrong.status_code, missing.status_code, garbled.status_code] == [401, 401, 401]


def test_the_version_asked_for_is_echoed(town: Town) -> None:
    answer = town.api.get("/v1/balance", headers={"Stripe-Version": "2024-06-20"})

    assert answer.headers["Stripe-Version"] == "2024-06-20"
    assert answer.headers["Request-Id"].startswith("req_")


@pytest.mark.parametrize(
    ("body", "code", "param"),
    [
        ({"colour": "red"}, "parameter_unknown", "colour"),
        ({"metadata[a]": "b"}, "parameter_missing", "amount"),
        ({"amount": "x"}, "parameter_invalid_integer", "amount"),
        ({"amount": "0"}, "parameter_invalid_integer", "amount"),
        ({"amount": "9" * 400}, "parameter_invalid_integer", "amount"),
        ({"currency": ""}, "parameter_invalid_empty", "currency"),
        ({"destination": "acct_none"}, "resource_missing", "destination"),
    ],
)
def test_a_wrong_parameter_is_named(
    town: Town, body: dict[str, str], code: str, param: str
) -> None:
    good = {"amount": "1", "currency": "cad", "destination": "acct_1"}
    form = body if code == "parameter_missing" else good | body

    answer = town.api.post("/v1/transfers", data=form)

    error = answer.json()["error"]
    assert answer.status_code == 400
    assert (error["type"], error["code"]) == ("invalid_request_error", code)
    assert error["param"] == param


def test_a_nested_parameter_is_named_with_its_path(town: Town) -> None:
    params = checkout_params()
    params["line_items"][0]["price_data"]["colour"] = "red"

    with pytest.raises(stripe.InvalidRequestError) as raised:
        town.stripe.checkout.sessions.create(params)

    assert raised.value.param == "line_items[0][price_data][colour]"


@pytest.mark.parametrize("body", [b"a[b", b"a=1&a=2", b"a=1&a[b]=2", b"a=%ff", "é=1".encode()])
def test_a_garbled_form_is_refused(town: Town, body: bytes) -> None:
    answer = town.api.post("/v1/refunds", content=body)

    assert answer.status_code == 400


def test_an_unknown_path_is_not_found(town: Town) -> None:
    assert town.api.get("/v1/subscriptions").status_code == 404
    assert town.api.get("/v1/charges/ch_none").status_code == 404
    assert town.api.delete("/v1/charges").status_code in {404, 405}


def test_an_id_of_another_kind_is_not_found(town: Town) -> None:
    intent = town.paid_intent()

    assert town.api.get(f"/v1/charges/{intent.id}").status_code == 404


def test_properties_are_expanded_along_dotted_paths(town: Town) -> None:
    session = town.checkout()
    town.sandbox.command("pay", checkout=session.id)

    found = town.stripe.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge"]}
    )

    intent = found.payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    assert isinstance(intent.latest_charge, stripe.Charge)
    assert intent.latest_charge.payment_method_details.card.last4 == "4242"


def test_what_cannot_be_expanded_is_refused(town: Town) -> None:
    session = town.checkout()

    for path in ("colour", "amount_total", "a.b.c.d.e"):
        with pytest.raises(stripe.InvalidRequestError):
            town.stripe.checkout.sessions.retrieve(session.id, {"expand": [path]})


def test_lists_are_read_page_by_page_and_backwards(town: Town) -> None:
    intent = town.paid_intent()
    made = [
        town.stripe.refunds.create({"payment_intent": intent.id, "amount": 1}).id for _ in range(5)
    ]

    page = town.stripe.refunds.list({"payment_intent": intent.id, "limit": 2})
    every = [refund.id for refund in page.auto_paging_iter()]
    before = town.stripe.refunds.list(
        {"payment_intent": intent.id, "limit": 2, "ending_before": made[0]}
    )

    assert page.has_more
    assert every == made[::-1]
    assert [refund.id for refund in before.data] == [made[2], made[1]]


def test_lists_have_at_most_a_hundred_a_page(town: Town) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        town.stripe.refunds.list({"limit": 101})


def test_checkouts_are_found_by_their_payment(town: Town) -> None:
    intent = town.paid_intent()
    town.paid_intent()

    found = town.stripe.checkout.sessions.list({"payment_intent": intent.id})

    assert [session.payment_intent for session in found.data] == [intent.id]


def test_the_same_key_and_parameters_get_the_same_answer(town: Town) -> None:
    intent = town.paid_intent()
    form = {"payment_intent": intent.id, "amount": "100"}
    headers = {"Idempotency-Key": "key-same"}

    first = town.api.post("/v1/refunds", data=form, headers=headers)
    second = town.api.post("/v1/refunds", data=form, headers=headers)

    assert second.json() == first.json()
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"


def test_the_same_key_with_other_parameters_is_refused(town: Town) -> None:
    intent = town.paid_intent()
    params = {"payment_intent": intent.id, "amount": 100}
    town.stripe.refunds.create(params, {"idempotency_key": "key-other"})

    with pytest.raises(stripe.IdempotencyError):
        town.stripe.refunds.create(params | {"amount": 101}, {"idempotency_key": "key-other"})


def test_a_refusal_is_kept_under_its_key_but_a_misspelt_request_is_not(town: Town) -> None:
    intent = town.paid_intent()
    headers = {"Idempotency-Key": "key-refused"}
    misspelt = {"payment_intent": intent.id, "amounts": "1"}
    too_much = {"payment_intent": intent.id, "amount": "5000"}

    unread = town.api.post("/v1/refunds", data=misspelt, headers=headers)
    refused = town.api.post("/v1/refunds", data=too_much, headers=headers)
    replayed = town.api.post("/v1/refunds", data=too_much, headers=headers)

    assert [unread.status_code, refused.status_code] == [400, 400]
    assert "Idempotent-Replayed" not in refused.headers
    assert replayed.headers["Idempotent-Replayed"] == "true"


def test_a_key_in_use_is_a_conflict(town: Town) -> None:
    headers = {"Idempotency-Key": "key-busy"}
    form = {"type": "express"}
    town.sandbox.command("fault", mode="timeout", seconds=3)

    def post() -> httpx.Response:
        return town.api.post("/v1/accounts", data=form, headers=headers)

    meanwhile, slow = sorted(at_once([post, post]), key=lambda answer: answer.status_code)

    assert meanwhile.status_code == 409
    assert meanwhile.json()["error"]["code"] == "idempotency_key_in_use"
    assert slow.status_code == 500


def test_many_at_once_with_one_key_refund_once(town: Town) -> None:
    intent = town.paid_intent()

    def refund(_: int) -> str:
        client = stripe.StripeClient(
            API_KEY, base_addresses={"api": town.url}, max_network_retries=5
        ).v1
        params = {"payment_intent": intent.id, "amount": 4000}
        return client.refunds.create(params, {"idempotency_key": "key-race"}).id

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        made = set(pool.map(refund, range(8)))

    assert len(made) == 1


def test_many_at_once_with_own_keys_never_refund_more_than_the_charge(town: Town) -> None:
    intent = town.paid_intent(amount=1000)

    def refund(_: int) -> int:
        form = {"payment_intent": intent.id, "amount": "300"}
        return town.api.post("/v1/refunds", data=form).status_code

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(refund, range(8)))

    assert answers == [200] * 3 + [400] * 5
    assert town.stripe.charges.retrieve(str(intent.latest_charge)).amount_refunded == 900


def test_a_fault_ordered_is_a_fault_served(town: Town) -> None:
    town.sandbox.command("fault", mode="error", calls=2)

    answers = [town.api.get("/v1/balance").status_code for _ in range(3)]

    assert answers == [500, 500, 200]


def test_the_sdk_tries_again_by_itself(town: Town) -> None:
    client = stripe.StripeClient(
        API_KEY, base_addresses={"api": town.url}, max_network_retries=1
    ).v1
    town.sandbox.command("fault", mode="lost")

    account = client.accounts.create({"type": "express", "metadata": {"mark": "once"}})

    newest = town.api.get("/v1/accounts", params={"limit": 2}).json()["data"]
    assert [each["id"] for each in newest if each["metadata"].get("mark")] == [account.id]


def test_a_connected_account_has_its_own_balance(town: Town) -> None:
    account = town.ready_account()
    intent = town.paid_intent()
    town.stripe.transfers.create(
        {
            "amount": 3600,
            "currency": "cad",
            "destination": account.id,
            "source_transaction": str(intent.latest_charge),
        }
    )

    balance = town.stripe.balance.retrieve(options={"stripe_account": account.id})

    assert [(entry.amount, entry.currency) for entry in balance.available] == [(3600, "cad")]


def test_a_transfer_without_a_source_needs_the_balance(town: Town) -> None:
    account = town.ready_account()

    with pytest.raises(stripe.InvalidRequestError) as raised:
        town.stripe.transfers.create(
            {"amount": 10**12, "currency": "cad", "destination": account.id}
        )

    assert raised.value.code == "balance_insufficient"


def test_a_transfer_joins_the_group_of_its_charge(town: Town) -> None:
    account = town.ready_account()
    intent = town.paid_intent()

    transfer = town.stripe.transfers.create(
        {
            "amount": 1,
            "currency": "cad",
            "destination": account.id,
            "source_transaction": str(intent.latest_charge),
        }
    )

    assert transfer.transfer_group == "g-1"


@pytest.mark.parametrize("minor", [0, 49])
def test_a_checkout_below_stripes_least_amount_is_refused(town: Town, minor: int) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        town.checkout(amount=minor)
