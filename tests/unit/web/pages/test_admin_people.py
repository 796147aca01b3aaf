"""Staff look people up on pages, act on them, and read in the log what was done."""

import re

import pytest
from flask.testing import FlaskClient

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.testing.ports import Town, a_customer, a_mechanic, memory_town
from support.newcomers import with_role
from support.web import logged_in, web_in

WHY = "Rude to a mechanic."


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


def send(client: FlaskClient, path: str, form: dict[str, str | list[str]]) -> tuple[int, str]:
    page = client.get(path.rsplit("/", 1)[0]).text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    answer = client.post(path, data={"csrf_token": found[1], **form})
    return answer.status_code, answer.text


def standing_of(town: Town, who: Actor) -> Standing:
    with town.kept(SYSTEM) as tx:
        return tx.accounts.get(who.account_id).standing


def test_the_list_leads_to_each_person_and_keeps_its_filters(
    town: Town, client: FlaskClient
) -> None:
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)

    page = client.get("/admin/customers?standing=active&verified=yes&text=casey").text

    assert f"/admin/users/{customer.account_id}" in page
    assert f"/admin/users/{mechanic.account_id}" not in page
    assert "1–1 of 1" in page
    assert "export?role=customer&amp;standing=active&amp;verified=true&amp;text=casey" in page


def test_nonsense_in_the_address_is_the_whole_list(client: FlaskClient) -> None:
    answer = client.get("/admin/users?role=king&standing=tall&verified=x&page=-3&text=%00")

    assert answer.status_code == 200
    assert "1–1 of 1" in answer.text


def test_a_suspension_wants_its_word_and_a_reason(town: Town, client: FlaskClient) -> None:
    customer = a_customer(town.ports)
    path = f"/admin/users/{customer.account_id}/suspend"

    wordless = send(client, path, {"reason": WHY, "days": "7"})
    reasonless = send(client, path, {"confirm": "suspend", "reason": "", "days": "7"})
    dayless = send(client, path, {"confirm": "suspend", "reason": WHY, "days": "soon"})

    assert [status for status, _ in (wordless, reasonless, dayless)] == [422, 422, 422]
    assert "Type the word" in wordless[1]
    assert WHY in wordless[1]
    assert "A whole number of days" in dayless[1]
    assert standing_of(town, customer) is Standing.ACTIVE
    assert send(client, path, {"confirm": "Suspend", "reason": WHY, "days": "7"})[0] == 303
    assert standing_of(town, customer) is Standing.SUSPENDED


def test_roles_are_given_and_taken_by_ticking_them(town: Town, client: FlaskClient) -> None:
    customer = a_customer(town.ports)
    path = f"/admin/users/{customer.account_id}/roles"
    form = {"confirm": "roles", "reason": "Works here now.", "roles": ["customer", "admin"]}

    assert send(client, path, form)[0] == 303  # type: ignore[arg-type]
    with town.kept(SYSTEM) as tx:
        roles = tx.accounts.get(customer.account_id).roles
    assert roles == {Role.CUSTOMER, Role.ADMIN}


def test_what_cannot_be_done_is_said_where_it_was_tried(client: FlaskClient, admin: Actor) -> None:
    path = f"/admin/users/{admin.account_id}/ban"

    status, page = send(client, path, {"confirm": "ban", "reason": "Tired."})

    assert status == 409
    assert "Somebody else has to do this to your account" in page


def test_only_what_makes_sense_is_offered(town: Town, client: FlaskClient) -> None:
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)

    of_customer = client.get(f"/admin/users/{customer.account_id}").text
    of_mechanic = client.get(f"/admin/users/{mechanic.account_id}").text

    assert "Grant a free session" in of_customer
    assert "As a mechanic" not in of_customer
    assert "Grant a free session" not in of_mechanic
    assert "Correct the rating" not in of_mechanic
    assert "Let them in again" not in of_customer


def test_the_log_tells_who_did_what_to_whom(town: Town, client: FlaskClient) -> None:
    customer, other = a_customer(town.ports), a_customer(town.ports)
    for who, note in ((customer, "Calls often."), (other, "Never calls.")):
        send(client, f"/admin/users/{who.account_id}/note", {"text": note})

    everything = client.get("/admin/audit").text
    about_one = client.get(f"/admin/audit?on={customer.account_id}").text
    by_admin = client.get("/admin/audit?by=admin@example.com").text

    assert everything.index("Never calls.") < everything.index("Calls often.")
    assert "Calls often." in about_one
    assert "Never calls." not in about_one
    assert "2 entries" in by_admin


@pytest.mark.parametrize("asked", ["by=nobody", "on=nobody@nowhere.example", "by=@"])
def test_the_log_says_when_it_knows_nobody_like_that(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/admin/audit?{asked}")

    assert answer.status_code == 422
    assert "field__error" in answer.text
