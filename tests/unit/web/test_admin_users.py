"""Staff look people up and act on them over the API."""

import csv
import io

import attrs
import pytest
from flask.testing import FlaskClient

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.testing.ports import Town, a_customer, a_mechanic, memory_town
from support.newcomers import with_role
from support.web import logged_in, web_in

USERS = "/api/admin/users"


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def admin(town: Town) -> Actor:
    with_role(town, Role.ADMIN, email="admin@example.com")
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.by_email(EmailAddress("admin@example.com"))
    assert account is not None
    return Actor(account.id, Role.ADMIN)


@pytest.fixture
def client(town: Town, admin: Actor) -> FlaskClient:
    return logged_in(web_in(town), town, admin)


def named(town: Town, who: Actor, name: str, phone: str = "") -> Actor:
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(AccountId(who.account_id), lock=True)
        tx.accounts.save(attrs.evolve(account, name=name, phone=phone))
    return who


def test_lists_are_turned_by_page_and_say_how_many_there_are(
    town: Town, client: FlaskClient
) -> None:
    for _ in range(3):
        a_customer(town.ports)
    a_mechanic(town.ports)

    first = client.get(f"{USERS}/customers?page_size=2").json
    second = client.get(f"{USERS}/customers?page_size=2&page=2").json

    assert first is not None
    assert second is not None
    assert (first["total"], len(first["rows"]), len(second["rows"])) == (3, 2, 1)
    assert not {row["id"] for row in first["rows"]} & {row["id"] for row in second["rows"]}
    assert client.get(f"{USERS}/customers?page_size=201").status_code == 422
    assert client.get(f"{USERS}/customers?page=0").status_code == 422


def test_a_mechanic_is_told_as_one_and_a_customer_is_not(town: Town, client: FlaskClient) -> None:
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)

    told = client.get(f"{USERS}/mechanics/{mechanic.account_id}")

    assert told.json is not None
    assert told.json["mechanic"]["approved"] is True
    assert "password" not in told.text
    assert client.get(f"{USERS}/mechanics/{customer.account_id}").status_code == 404
    assert client.get(f"{USERS}/{customer.account_id}").status_code == 200


def test_the_export_is_read_as_text_by_spreadsheets(town: Town, client: FlaskClient) -> None:
    named(town, a_customer(town.ports), '=HYPERLINK("x")', phone="+15550100")

    answer = client.get(f"{USERS}/export?role=customer")

    header, row = csv.reader(io.StringIO(answer.text))
    told = dict(zip(header, row, strict=True))
    assert answer.content_type.startswith("text/csv")
    assert told["name"] == '\'=HYPERLINK("x")'
    assert told["phone"] == "'+15550100"
    assert told["roles"] == "customer"


def test_the_export_as_json_holds_what_the_list_does(town: Town, client: FlaskClient) -> None:
    a_customer(town.ports)

    exported = client.get(f"{USERS}/export?format=json&role=customer").json
    listed = client.get(f"{USERS}/customers").json

    assert listed is not None
    assert exported == listed["rows"]
    assert client.get(f"{USERS}/export?format=json&text=nobody").json == []
    assert client.get(f"{USERS}/export?format=xml").status_code == 422


def test_a_suspended_customer_is_out_at_once_and_in_again_later(
    town: Town, client: FlaskClient
) -> None:
    customer = a_customer(town.ports)
    theirs = logged_in(web_in(town), town, customer)
    path = f"{USERS}/{customer.account_id}"
    assert theirs.get("/api/customer/profile").status_code == 200

    suspended = client.post(f"{path}/suspend", json={"reason": "Rude to a mechanic.", "days": 7})

    assert suspended.json is not None
    assert suspended.json["standing"] == "suspended"
    assert theirs.get("/api/customer/profile").status_code == 401
    back = client.post(f"{path}/reinstate", json={"reason": "They apologised."})
    assert back.json is not None
    assert back.json["standing"] == "active"
    said = client.get(path).json
    assert said is not None
    assert [deed["action"] for deed in said["deeds"]] == ["reinstate account", "suspend account"]


def test_nobody_suspends_or_demotes_themselves(client: FlaskClient, admin: Actor) -> None:
    path = f"{USERS}/{admin.account_id}"

    assert client.post(f"{path}/ban", json={"reason": "Tired."}).status_code == 409
    body = {"reason": "Tired.", "roles": ["customer"]}
    assert client.post(f"{path}/roles", json=body).status_code == 409


@pytest.mark.parametrize(
    ("deed", "body", "status"),
    [
        ("suspend", {"reason": "Rude.", "days": 0}, 422),
        ("suspend", {"reason": ""}, 422),
        ("ban", {}, 422),
        ("roles", {"reason": "Why not.", "roles": []}, 422),
        ("roles", {"reason": "Why not.", "roles": ["system"]}, 422),
        ("roles", {"reason": "Works here.", "roles": ["customer", "admin"]}, 200),
        ("verify-email", {"reason": "Called us."}, 200),
        ("reset-password", {"reason": "Called us."}, 200),
        ("notify", {"subject": "Hello", "message": "You."}, 200),
        ("notify", {"subject": "Hello", "message": ""}, 422),
        ("notes", {"text": "Calls often."}, 201),
        ("notes", {"text": "a", "extra": 1}, 422),
        ("free-session-override", {"reason": "The sound failed."}, 200),
    ],
)
def test_each_deed_takes_its_reason(
    town: Town, client: FlaskClient, deed: str, body: dict[str, object], status: int
) -> None:
    customer = a_customer(town.ports)

    answer = client.post(f"{USERS}/{customer.account_id}/{deed}", json=body)

    assert answer.status_code == status


def test_a_rating_is_corrected_where_there_is_one(town: Town, client: FlaskClient) -> None:
    mechanic = a_mechanic(town.ports)
    path = f"{USERS}/mechanics/{mechanic.account_id}/adjust-rating"
    body = {"rating": 4.5, "reason": "One of them was a mistake."}

    assert client.post(path, json=body).status_code == 409
    with town.kept(SYSTEM) as tx:
        kept = tx.mechanics.get(mechanic.mechanic_id, lock=True)
        for stars in (2, 4):
            kept = kept.rated(stars)
        tx.mechanics.save(kept)

    answer = client.post(path, json=body)

    assert answer.json == {
        "mechanic_id": str(mechanic.mechanic_id),
        "rating": "4.5",
        "ratings": 2,
    }
    assert client.post(path, json=body | {"rating": 5.1}).status_code == 422
