"""Requests that carry an Idempotency-Key, over HTTP, with everything kept in memory."""

from datetime import timedelta
from typing import Any, get_type_hints

import attrs
import pytest
from flask import Flask, Response, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from autodoctor.application.operations.due import run_timers
from autodoctor.application.operations.repeating import (
    AnswerLost,
    IdempotencyKeyUnusable,
    hold,
)
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.api.declare import Endpoint
from autodoctor.entrypoints.web.api.openapi import document
from autodoctor.entrypoints.web.api.repeating import once
from autodoctor.entrypoints.web.call import Call, call, web
from autodoctor.ports.payment_refusals import PaymentsUnavailable
from autodoctor.testing.ports import (
    Town,
    a_customer,
    a_mechanic,
    a_paid_session,
    memory_town,
)
from support.web import logged_in, web_in

START = "/api/intake/start"
BOOKING = {"plan": "quick-chat", "concern": "Grinding noise when braking", "urgent": True}
ANOTHER = BOOKING | {"concern": "It does not start any more"}


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def app(town: Town) -> Flask:
    return web_in(town)


@pytest.fixture
def customer(town: Town) -> Actor:
    return a_customer(town.ports)


@pytest.fixture
def client(app: Flask, town: Town, customer: Actor) -> FlaskClient:
    return logged_in(app, town, customer)


def send(
    client: FlaskClient, body: Any = BOOKING, *, key: str | None = "one", path: str = START
) -> TestResponse:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post(path, json=body, headers=headers)


def intakes(town: Town) -> int:
    return len(town.kept.tables.intakes)


def kind(answer: TestResponse) -> str:
    return str(answer.json["type"].removeprefix("/problems/")) if answer.json else ""


def test_the_same_request_is_done_once_and_answers_the_same(
    client: FlaskClient, town: Town
) -> None:
    first, second = send(client), send(client)

    assert intakes(town) == 1
    assert first.status_code == second.status_code < 300
    assert (first.data, first.content_type) == (second.data, second.content_type)
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"


def test_without_a_key_or_with_another_it_is_done_again(client: FlaskClient, town: Town) -> None:
    for key in (None, None, "one", "two"):
        send(client, key=key)

    assert intakes(town) == 4


def test_the_key_of_another_person_is_another_key(
    app: Flask, client: FlaskClient, town: Town
) -> None:
    other = logged_in(app, town, a_customer(town.ports))

    assert send(client).data != send(other).data
    assert intakes(town) == 2


def test_a_new_login_of_the_same_person_knows_it_still(
    app: Flask, client: FlaskClient, town: Town, customer: Actor
) -> None:
    first, again = send(client), send(logged_in(app, town, customer))

    assert first.data == again.data
    assert intakes(town) == 1


def test_with_another_body_the_key_is_refused(client: FlaskClient, town: Town) -> None:
    send(client)

    answer = send(client, ANOTHER)

    assert (answer.status_code, kind(answer)) == (422, "idempotency-key-reused")
    assert intakes(town) == 1


def test_with_another_path_or_query_too(client: FlaskClient) -> None:
    send(client)

    for path in ("/api/waiver/submit", f"{START}?again=1"):
        assert kind(send(client, path=path)) == "idempotency-key-reused"


@pytest.mark.parametrize("key", ["", "k" * 256, "schlüssel", "a\tb"])
def test_a_key_that_is_none_is_refused_by_name(client: FlaskClient, town: Town, key: str) -> None:
    answer = send(client, key=key)

    assert answer.status_code == 422
    assert kind(answer) == "idempotency-key-unusable"
    assert answer.json
    assert answer.json["field"] == "Idempotency-Key"
    assert intakes(town) == 0


def test_while_it_is_under_way_one_is_asked_to_come_back(client: FlaskClient, town: Town) -> None:
    send(client)
    (answer_id,) = town.kept.tables.answers
    unanswered = attrs.evolve(town.kept.tables.answers[answer_id], answer=None)
    town.kept.tables.answers[answer_id] = unanswered

    town.clock.advance(timedelta(seconds=20.5))
    answer = send(client)

    assert (answer.status_code, kind(answer)) == (409, "request-under-way")
    assert answer.headers["Retry-After"] == "40"
    assert intakes(town) == 1


def crash_after(town: Town, *, performed: bool) -> None:
    """As if the process had died before it kept the answer it has just given."""
    (answer_id,) = town.kept.tables.answers
    unanswered = attrs.evolve(town.kept.tables.answers[answer_id], answer=None, performed=performed)
    town.kept.tables.answers[answer_id] = unanswered


def test_after_a_crash_before_the_work_the_key_is_free_when_its_lease_has_ended(
    client: FlaskClient, town: Town
) -> None:
    send(client)
    crash_after(town, performed=False)
    wait = int(send(client).headers["Retry-After"])
    town.clock.advance(timedelta(seconds=wait - 1))
    assert kind(send(client)) == "request-under-way"
    town.clock.advance(timedelta(seconds=1))

    assert send(client).status_code < 300
    assert send(client).headers["Idempotent-Replayed"] == "true"


def test_after_a_crash_behind_the_work_it_is_not_done_again(
    client: FlaskClient, town: Town
) -> None:
    send(client)
    (kept,) = town.kept.tables.answers.values()
    assert kept.performed
    crash_after(town, performed=True)

    assert kind(send(client)) == "request-under-way"
    town.clock.advance(timedelta(seconds=60))
    answer = send(client)

    assert (answer.status_code, kind(answer)) == (409, "answer-lost")
    assert intakes(town) == 1


def test_work_that_is_done_is_not_done_again_because_what_follows_fails(
    app: Flask, town: Town, customer: Actor
) -> None:
    """The key must not be free."""

    def work_and_fail() -> Response:
        perform = call().ports.transactions
        with perform(customer) as tx:
            account = tx.accounts.get(customer.account_id, lock=True)
            tx.accounts.save(attrs.evolve(account, name="Changed"))
        raise PaymentsUnavailable("it is away")

    for expected in (PaymentsUnavailable, AnswerLost):
        with app.test_request_context("/", method="POST", headers={"Idempotency-Key": "one"}):
            g.call = Call(web=web(), by_key=customer)
            with pytest.raises(expected):
                once(work_and_fail)


def test_what_was_refused_for_what_was_sent_can_be_mended_with_the_same_key(
    client: FlaskClient, town: Town
) -> None:
    refused = send(client, BOOKING | {"concern": ""})

    assert refused.status_code == 422
    assert send(client).status_code < 300
    assert intakes(town) == 1


def test_a_refusal_by_how_things_stand_comes_again(app: Flask, town: Town) -> None:
    session = a_paid_session(town, a_customer(town.ports))
    with town.kept(SYSTEM) as tx:
        request = tx.requests.current(session.id)
    assert request is not None
    path = f"/api/mechanics/requests/{request.id}/accept"
    one, other = (logged_in(app, town, a_mechanic(town.ports)) for _ in range(2))
    one.post(path)

    first, second = (send(other, {}, path=path) for _ in range(2))

    assert first.status_code == second.status_code == 409
    assert kind(first) == "request-taken"
    assert first.data == second.data
    assert second.headers["Idempotent-Replayed"] == "true"


def test_an_answer_without_a_body_comes_again(client: FlaskClient, town: Town) -> None:
    session = a_paid_session(town, a_customer(town.ports))
    with town.kept(SYSTEM) as tx:
        request = tx.requests.current(session.id)
    assert request is not None
    path = f"/api/mechanics/requests/{request.id}/decline"
    mechanic = logged_in(client.application, town, a_mechanic(town.ports))

    first, second = (send(mechanic, {}, path=path) for _ in range(2))

    assert (first.status_code, second.status_code) == (204, 204)
    assert second.headers["Idempotent-Replayed"] == "true"


def test_who_is_not_logged_in_is_told_so_first(app: Flask, town: Town) -> None:
    answer = send(app.test_client())

    assert answer.status_code == 401
    assert town.kept.tables.answers == {}


def test_an_answer_is_kept_for_a_day_and_then_forgotten(
    app: Flask, client: FlaskClient, town: Town, customer: Actor
) -> None:
    send(client)

    town.clock.advance(timedelta(hours=24) - timedelta(microseconds=1))
    run_timers(town.ports)
    assert send(logged_in(app, town, customer)).headers["Idempotent-Replayed"] == "true"
    town.clock.advance(timedelta(microseconds=1))
    run_timers(town.ports)

    assert town.kept.tables.answers == {}


def test_a_huge_body_is_refused_before_anything_is_kept(client: FlaskClient, town: Town) -> None:
    answer = send(client, {"plan": "x" * 2_000_000})

    assert answer.status_code == 413
    assert town.kept.tables.answers == {}


def test_the_document_tells_of_it_wherever_it_counts() -> None:
    described = document(ENDPOINTS)
    taken = {
        (method, path)
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
        if {"$ref": "#/components/parameters/IdempotencyKey"} in operation.get("parameters", ())
    }

    assert ("post", START) in taken
    assert ("post", "/api/sessions/{session_id}/end") in taken
    assert not any(method == "get" for method, _ in taken)
    assert not any(path in ("/api/customer/login", "/api/stripe/webhook") for _, path in taken)


SECRETS = {"secret", "token", "password", "key", "api_key", "recovery_codes", "codes"}


@pytest.mark.parametrize(
    "endpoint", [each for each in ENDPOINTS if each.repeatable], ids=lambda each: each.name
)
def test_no_answer_that_is_kept_holds_a_secret(endpoint: Endpoint) -> None:
    held = set() if endpoint.answer is None else set(get_type_hints(endpoint.answer))

    assert held & SECRETS == set()


def test_what_streams_in_takes_no_key() -> None:
    (put,) = (each for each in ENDPOINTS if each.path == "/api/uploads/put")

    assert not put.repeatable


def test_holding_asks_for_a_usable_key_before_the_store_is_asked(town: Town) -> None:
    stranger = Actor(AccountId(town.ports.ids.new()), SYSTEM.role)

    with pytest.raises(IdempotencyKeyUnusable):
        hold(town.ports, actor=stranger, key="", fingerprint=b"")

    assert town.kept.tables.answers == {}
