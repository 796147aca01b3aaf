"""How often is too often: what those are told who are counted, and those who are stopped."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.api.openapi import document
from autodoctor.entrypoints.web.call import COOKIE
from autodoctor.entrypoints.web.pages.problems import retry_advice
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.refusals import TooManyRequests
from autodoctor.testing.ports import Town, a_customer, memory_town
from support.seen import NOW, SPACE
from support.web import logged_in, web_in

LOGIN = "/api/customer/login"
WRONG = {"email": "nobody@test.example", "password": "not the password"}


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def app(town: Town) -> Flask:
    return web_in(town, rate_limits=True)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


def guess(visitor: FlaskClient, times: int) -> TestResponse:
    for _ in range(times - 1):
        visitor.post(LOGIN, json=WRONG)
    return visitor.post(LOGIN, json=WRONG)


def test_who_is_counted_reads_where_they_stand(visitor: FlaskClient) -> None:
    first, second = (visitor.get("/api/plans") for _ in range(2))

    assert (first.headers["RateLimit-Limit"], first.headers["RateLimit-Remaining"]) == ("100", "99")
    assert second.headers["RateLimit-Remaining"] == "98"
    assert 0 <= int(first.headers["RateLimit-Reset"]) <= 61


def test_a_cookie_that_is_made_up_counts_for_its_network(visitor: FlaskClient) -> None:
    visitor.get("/api/plans")
    visitor.set_cookie(COOKIE, "made up")

    assert visitor.get("/api/plans").headers["RateLimit-Remaining"] == "98"


def test_a_login_counts_for_itself(visitor: FlaskClient, app: Flask, town: Town) -> None:
    visitor.get("/api/plans")
    person = logged_in(app, town, a_customer(town.ports))

    assert person.get("/api/plans").headers["RateLimit-Remaining"] == "99"


def test_who_may_go_on_is_not_told_to_wait(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/plans")

    assert "Retry-After" not in answer.headers
    assert "RateLimit-Wait" not in answer.headers
    assert "X-RateLimit-Limit" not in answer.headers


def test_who_was_too_often_reads_when_to_try_again(visitor: FlaskClient, town: Town) -> None:
    answer = guess(visitor, 6)

    assert answer.status_code == 429
    assert answer.content_type == "application/problem+json"
    told = answer.json
    assert told
    assert told["type"] == "/problems/too-many-requests"
    wait = int(answer.headers["Retry-After"])
    assert told["retry_after_seconds"] == wait
    assert 0 < wait <= 15 * 60 + 1
    at = datetime.fromisoformat(told["retry_at"])
    assert at == town.clock.now() + timedelta(seconds=wait)
    assert told["detail"] == f"Try again at {at:%H:%M:%S} UTC."
    assert answer.headers["RateLimit-Remaining"] == "0"


def test_another_address_is_not_kept_waiting_by_a_guesser(visitor: FlaskClient) -> None:
    guess(visitor, 6)

    other = visitor.post(LOGIN, json=WRONG | {"email": "somebody@test.example"})

    assert other.status_code == 403


def test_a_form_answers_with_a_page_that_says_when(town: Town) -> None:
    app = web_in(town, alone=True, rate_limits=True)
    app.config["WTF_CSRF_ENABLED"] = False
    visitor = app.test_client()

    for _ in range(6):
        answer = visitor.post("/login", data=WRONG)

    assert answer.status_code == 429
    assert answer.content_type.startswith("text/html")
    assert "That was too often in a short time." in answer.text
    assert "Try again at" in answer.text
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (1, "2:33{}p.m. EDT, in 1 minute."),
        (60, "2:33{}p.m. EDT, in 1 minute."),
        (61, "2:34{}p.m. EDT, in 2 minutes."),
        (900, "2:47{}p.m. EDT, in 15 minutes."),
    ],
)
def test_the_clock_time_is_the_readers_and_never_too_early(seconds: int, told: str) -> None:
    refusal = TooManyRequests(seconds, NOW + timedelta(seconds=seconds))

    advice = retry_advice(refusal, When("America/Toronto", NOW))

    assert advice == f"Try again at {told.format(SPACE)}"


def test_every_endpoint_tells_of_it_in_the_document() -> None:
    for operations in document(ENDPOINTS)["paths"].values():
        for operation in operations.values():
            assert "Retry-After" in operation["responses"]["429"]["headers"]
