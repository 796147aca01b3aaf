"""How often is too often: what those are told who are counted, and those who are stopped."""

import re
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from autodoctor.application.accounts.guessing import FOR_ACCOUNT, FOR_LOGIN
from autodoctor.entrypoints.web import call
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.api.openapi import document
from autodoctor.entrypoints.web.devices import COOKIE
from autodoctor.entrypoints.web.pages.problems import retry_advice
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.refusals import TooManyRequests
from autodoctor.testing.ports import Town, a_customer, memory_town
from support.newcomers import EMAIL, PASSWORD, newcomer
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


GUESSES = FOR_ACCOUNT["quarter"].most


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
    visitor.set_cookie(call.COOKIE, "made up")

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
    answer = guess(visitor, GUESSES + 1)

    assert answer.status_code == 429
    assert answer.content_type == "application/problem+json"
    told = answer.json
    assert told
    assert told["type"] == "/problems/too-many-guesses"
    wait = int(answer.headers["Retry-After"])
    assert told["retry_after_seconds"] == wait
    assert 0 < wait <= 15 * 60 + 1
    at = datetime.fromisoformat(told["retry_at"])
    assert at == town.clock.now() + timedelta(seconds=wait)
    assert told["detail"] == f"Try again at {at:%H:%M:%S} UTC."


def test_another_address_is_not_kept_waiting_by_a_guesser(visitor: FlaskClient) -> None:
    guess(visitor, GUESSES + 1)

    other = visitor.post(LOGIN, json=WRONG | {"email": "somebody@test.example"})

    assert other.status_code == 403


@pytest.fixture
def forms(town: Town) -> FlaskClient:
    app = web_in(town, alone=True, rate_limits=True)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def test_all_doors_count_together_and_the_form_says_when_and_keeps_what_was_typed(
    forms: FlaskClient,
) -> None:
    doors = ("/login", "/mechanic/login", "/api/auth/login", "/api/admin/login")

    for number in range(GUESSES):
        path = doors[number % 4]
        sent = {"json": WRONG} if path.startswith("/api") else {"data": WRONG}
        assert forms.post(path, **sent).status_code == 403  # type: ignore[arg-type]
    answer = forms.post("/login", data=WRONG)

    assert answer.status_code == 429
    assert "Too many wrong passwords" in answer.text
    assert "Try again at" in answer.text
    assert 'value="nobody@test.example"' in answer.text
    assert "not the password" not in answer.text


def test_a_known_browser_is_not_kept_waiting(forms: FlaskClient, town: Town) -> None:
    newcomer(town)
    right = {"email": EMAIL, "password": PASSWORD}
    assert forms.post(LOGIN, json=right).status_code == 200
    stranger = forms.application.test_client()
    guess(stranger, 1)
    for _ in range(GUESSES):
        stranger.post(LOGIN, json=right | {"password": "not the password"})

    assert stranger.post(LOGIN, json=right).status_code == 429
    assert forms.post(LOGIN, json=right).status_code == 200
    forged = forms.application.test_client()
    forged.set_cookie(COOKIE, "forged")
    assert forged.post(LOGIN, json=right).status_code == 429


SIGN_UP = {
    "full_name": "Casey Driver",
    "password": "a fine old password",
    "language": "en",
    "time_zone": "America/Toronto",
    **dict.fromkeys(("adult", "terms", "privacy", "marketplace"), "on"),
}


def test_two_dozen_people_in_one_place_sign_up_within_an_hour(forms: FlaskClient) -> None:
    answers = [
        forms.application.test_client().post(
            "/signup", data=SIGN_UP | {"email": f"{number}@test.example"}
        )
        for number in range(24)
    ]

    assert {answer.status_code for answer in answers} == {303}


def test_a_form_that_was_sent_too_often_keeps_what_was_typed(forms: FlaskClient) -> None:
    for number in range(60):
        answer = forms.application.test_client().post(
            "/signup", data=SIGN_UP | {"email": f"{number}@test.example"}
        )
        if answer.status_code != 303:
            break

    person = forms.application.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', person.get("/signup").text)
    assert token is not None
    last = {"email": "last@test.example", "csrf_token": token[1]}
    answer = person.post("/signup", data=SIGN_UP | last)

    assert answer.status_code == 429
    assert answer.content_type.startswith("text/html")
    assert int(answer.headers["Retry-After"]) > 0
    assert '<input type="hidden" name="full_name" value="Casey Driver">' in answer.text
    assert 'name="email" value="last@test.example"' in answer.text
    assert "apart from your password" in answer.text
    assert "a fine old password" not in answer.text


def test_the_addresses_of_one_network_are_one_place(town: Town) -> None:
    app = web_in(town, alone=True, rate_limits=True)
    first, neighbour, elsewhere = (
        app.test_client().get("/api/plans", environ_base={"REMOTE_ADDR": address})
        for address in ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1")
    )

    left = [each.headers["RateLimit-Remaining"] for each in (first, neighbour, elsewhere)]
    assert left == ["99", "98", "99"]


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


ASKING_FOR_THE_PASSWORD: Final = {
    "/account/confirm": "password",
    "/account/close": "password",
    "/account/password": "old",
    "/account/email": "address_password",
    "/account/second-factor/remove": "password",
    "/account/second-factor/codes": "password",
    f"/account/passkeys/{UUID(int=1)}/remove": "password",
}


@pytest.mark.parametrize("path", ASKING_FOR_THE_PASSWORD)
def test_a_login_that_guesses_reads_until_when_it_has_to_wait(
    forms: FlaskClient, town: Town, path: str
) -> None:
    newcomer(town)
    forms.post(LOGIN, json={"email": EMAIL, "password": PASSWORD})
    sent = {ASKING_FOR_THE_PASSWORD[path]: "not the password", "email": "new@test.example"}
    for _ in range(FOR_LOGIN["quarter"].most):
        answer = forms.post(path, data=sent)
        assert answer.status_code == 422
        assert "not your current password" in answer.text

    answer = forms.post(path, data=sent)

    assert answer.status_code == 429
    assert "Too many wrong passwords" in answer.text
    assert "Try again at" in answer.text
