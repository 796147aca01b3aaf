"""What keeps strangers out: passwords, cookies, other sites, redirects, scripts, limits."""

import re
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from autodoctor.application.accounts.sign_up import SignUp, sign_up_customer
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.room import join
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.entrypoints.web.call import COOKIE
from support import plain
from support.people import as_person, booked, customer, mechanic
from support.running import Running, installation

pytestmark = pytest.mark.xdist_group("system")

PASSWORD = "a fine password of mine"


def signed_up(running: Running) -> str:
    email = f"{uuid4().hex}@test.example"
    form = SignUp(
        email=email, password=PASSWORD, full_name="Casey Driver", consents=frozenset(REQUIRED)
    )
    sign_up_customer(running.here.ports, form)
    return email


def log_in(client: httpx.Client, email: str, password: str = PASSWORD) -> httpx.Response:
    return client.post("/api/customer/login", json={"email": email, "password": password})


@pytest.fixture
def client(running: Running) -> Iterator[httpx.Client]:
    with running.client() as made:
        yield made


def test_passwords_are_kept_as_argon2_and_tokens_not_at_all(
    running: Running, client: httpx.Client
) -> None:
    email = signed_up(running)
    token = log_in(client, email).cookies[COOKIE]

    with running.here.ports.transactions(SYSTEM) as tx:
        (account,) = tx.accounts.pending(EmailAddress(email))
    assert account.password_hash.startswith("$argon2id$")
    stored = running.sql("SELECT token_hash FROM logins WHERE account_id = :id", id=account.id)
    assert all(token.encode() not in bytes(row["token_hash"]) for row in stored)


def test_the_cookie_is_out_of_reach_of_scripts_and_new_at_every_login(
    running: Running, client: httpx.Client
) -> None:
    email = signed_up(running)

    first, second = log_in(client, email), log_in(client, email)

    header = first.headers["set-cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert first.cookies[COOKIE] != second.cookies[COOKIE]


def test_a_cookie_is_dead_after_logout(running: Running, client: httpx.Client) -> None:
    token = log_in(client, signed_up(running)).cookies[COOKIE]
    headers = {"Cookie": f"{COOKIE}={token}"}
    assert plain.get(f"{running.url}/api/customer/profile", headers=headers).status_code == 200

    client.post("/api/auth/logout")

    assert plain.get(f"{running.url}/api/customer/profile", headers=headers).status_code == 401


def test_a_wrong_password_and_an_unknown_address_answer_alike(
    running: Running, client: httpx.Client
) -> None:
    email = signed_up(running)

    wrong = log_in(client, email, "not the password")
    unknown = log_in(client, f"{uuid4().hex}@test.example")

    assert wrong.status_code == unknown.status_code == 403
    assert wrong.json()["title"] == unknown.json()["title"]


def test_sign_up_answers_alike_for_a_known_address(running: Running, client: httpx.Client) -> None:
    agreed = dict.fromkeys(("adult", "terms", "privacy", "marketplace"), True)
    form = {"password": PASSWORD, "full_name": "Casey Driver", **agreed}

    known = client.post("/api/customer/signup", json={"email": signed_up(running), **form})
    new = client.post("/api/customer/signup", json={"email": f"{uuid4().hex}@a.example", **form})

    assert (known.status_code, known.json()) == (new.status_code, new.json())


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_other_sites_cannot_act_for_somebody(running: Running, headers: dict[str, str]) -> None:
    who = customer(running.here.ports)

    with as_person(running.url, who) as client:
        answer = client.post("/api/customer/profile", json={"full_name": "X Y"}, headers=headers)

    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/cross-site"


def test_a_form_without_its_token_is_refused(client: httpx.Client) -> None:
    answer = client.post("/login", data={"email": "a@b.example", "password": "x"})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_login_leads_only_to_places_of_ours(
    running: Running, client: httpx.Client, target: str
) -> None:
    page = client.get("/login", params={"next": target})
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token is not None
    form = {"email": signed_up(running), "password": PASSWORD, "csrf_token": token[1]}

    answer = client.post("/login", params={"next": target}, data={**form, "next": target})

    assert answer.status_code in (302, 303)
    assert answer.headers["location"].startswith("/")
    assert "evil" not in answer.headers["location"]


def test_a_script_is_shown_as_text(running: Running) -> None:
    ports = running.here.ports
    driver, wrench = customer(ports), mechanic(ports)
    intake = booked(ports, driver, plan="free")
    session_id = check_out(ports, actor=driver.actor, intake_id=intake.id).session_id
    assert session_id is not None
    with ports.transactions(SYSTEM) as tx:
        request = tx.requests.current(session_id)
    assert request is not None
    accept(ports, actor=wrench.actor, request_id=request.id)
    for who in (driver, wrench):
        join(ports, actor=who.actor, session_id=session_id)
    script = "<script>alert('hello')</script>"
    with as_person(running.url, driver) as client:
        said = {"session_id": str(session_id), "client_id": str(uuid4()), "text": script}
        assert client.post("/api/chat/send-message", json=said).status_code == 201

        page = client.get(f"/chat/{session_id}").text

    assert script not in page
    assert "&lt;script&gt;alert" in page


def test_every_page_forbids_what_it_does_not_need(client: httpx.Client) -> None:
    headers = client.get("/").headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.fixture(scope="module")
def limited() -> Iterator[Running]:
    with installation("limited", RATE_LIMITS="true") as running:
        yield running


def test_logins_are_limited_by_address_and_person(limited: Running) -> None:
    with limited.client() as client:
        answers = [log_in(client, "somebody@test.example", "wrong") for _ in range(11)]
        other = log_in(client, "somebody.else@test.example", "wrong")

    assert [answer.status_code for answer in answers] == [403] * 10 + [429]
    assert answers[-1].headers["content-type"] == "application/problem+json"
    assert "retry-after" in answers[-1].headers
    assert other.status_code == 403


def test_limits_hold_without_valkey(limited: Running) -> None:
    import os
    import signal

    os.kill(limited.pid("valkey"), signal.SIGSTOP)
    try:
        with limited.client() as client:
            answers = [log_in(client, "another@test.example", "wrong") for _ in range(11)]
    finally:
        os.kill(limited.pid("valkey"), signal.SIGCONT)

    assert 429 in [answer.status_code for answer in answers]
