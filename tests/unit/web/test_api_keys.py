"""What an API key opens over HTTP, and what it does not."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from autodoctor.application.corporate.api_keys import make_key, revoke_key
from autodoctor.domain.corporate.api_key import Scope
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.entrypoints.web.call import COOKIE
from autodoctor.testing.ports import Town, memory_town
from support.corporate import a_company, an_employee, who_runs
from support.web import logged_in, web_in

EMPLOYEES = "/api/corporate/employees"


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def app(town: Town) -> Flask:
    return web_in(town)


@pytest.fixture
def boss(town: Town) -> Actor:
    return who_runs(town.kept, a_company(town.kept))


def bearer(town: Town, boss: Actor, scope: Scope = Scope.MANAGE) -> dict[str, str]:
    made = make_key(town.ports, actor=boss, name="Payroll", scope=scope)
    return {"Authorization": f"Bearer {made.text}"}


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


def test_a_key_lists_and_invites_without_a_cookie_or_a_form_token(
    town: Town, boss: Actor, client: FlaskClient
) -> None:
    headers = bearer(town, boss)

    invited = client.post(EMPLOYEES, json={"email": "dee@test.example"}, headers=headers)
    listed = client.get(EMPLOYEES, headers=headers)

    assert invited.status_code == 201
    assert [row["email"] for row in listed.json["employees"]] == ["dee@test.example"]
    assert "Set-Cookie" not in listed.headers


def test_a_key_sees_its_own_company_alone(town: Town, boss: Actor, client: FlaskClient) -> None:
    theirs = an_employee(town.kept)
    headers = bearer(town, boss)

    assert client.get(EMPLOYEES, headers=headers).json["total"] == 0
    assert client.get(f"{EMPLOYEES}/{theirs.id}", headers=headers).status_code == 404


def test_a_key_that_reads_changes_nothing(town: Town, boss: Actor, client: FlaskClient) -> None:
    headers = bearer(town, boss, Scope.READ)

    refused = client.post(EMPLOYEES, json={"email": "dee@test.example"}, headers=headers)

    assert client.get(EMPLOYEES, headers=headers).status_code == 200
    assert (refused.status_code, refused.json["type"]) == (403, "/problems/seat-too-low")


def test_no_key_makes_keys(town: Town, boss: Actor, client: FlaskClient) -> None:
    headers = bearer(town, boss)

    for answer in (
        client.get("/api/corporate/keys", headers=headers),
        client.post("/api/corporate/keys", json={"name": "More"}, headers=headers),
    ):
        assert (answer.status_code, answer.json["type"]) == (403, "/problems/not-for-keys")


@pytest.mark.parametrize("path", ["/api/auth/logins", "/api/customer/sessions", "/api/corporates/"])
def test_elsewhere_its_holder_is_a_visitor(
    town: Town, boss: Actor, client: FlaskClient, path: str
) -> None:
    with_key = client.get(path, headers=bearer(town, boss))

    assert with_key.status_code == client.get(path).status_code
    assert with_key.status_code in (401, 404)


@pytest.mark.parametrize("path", ["/corporate/employees", "/corporate/integrations"])
def test_no_page_opens_with_a_key(town: Town, boss: Actor, client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=bearer(town, boss))

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/corporate/login")


@pytest.mark.parametrize(
    "shown", ["Bearer ", "Bearer ad_00000000_wrong", "Basic YTpi", "bearer", "Bearer ünknown"]
)
def test_a_wrong_key_is_nobodys(client: FlaskClient, shown: str) -> None:
    answer = client.get(EMPLOYEES, headers={"Authorization": shown.encode().decode("latin-1")})

    assert (answer.status_code, answer.json["type"]) == (401, "/problems/not-signed-in")


def test_a_key_that_is_shown_counts_and_not_the_cookie_beside_it(
    town: Town, boss: Actor, app: Flask
) -> None:
    person = logged_in(app, town, boss)
    assert person.get(EMPLOYEES).status_code == 200
    assert person.get_cookie(COOKIE) is not None

    refused = person.get(EMPLOYEES, headers={"Authorization": "Bearer ad_00000000_wrong"})

    assert refused.status_code == 401


def test_a_revoked_key_is_dead_at_the_next_request(
    town: Town, boss: Actor, client: FlaskClient
) -> None:
    headers = bearer(town, boss)
    assert client.get(EMPLOYEES, headers=headers).status_code == 200
    with town.kept(SYSTEM) as tx:
        (key,) = tx.api_keys.of_organization(boss.organization_id)  # type: ignore[arg-type]

    revoke_key(town.ports, actor=boss, key_id=key.id)

    assert client.get(EMPLOYEES, headers=headers).status_code == 401


def test_keys_are_counted_each_for_itself(town: Town, boss: Actor) -> None:
    client = web_in(town, rate_limits=True).test_client()
    one, two = bearer(town, boss), bearer(town, boss)

    answers = [client.get(EMPLOYEES, headers=one).status_code for _ in range(101)]

    assert answers == [200] * 100 + [429]
    assert client.get(EMPLOYEES, headers=two).status_code == 200
