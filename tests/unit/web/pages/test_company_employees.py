"""A company's employees as pages: inviting, a file in two steps, keys shown once."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from autodoctor.application.corporate.employee_details import EmployeeForm
from autodoctor.application.corporate.employing import invite_employee
from autodoctor.domain.accounts.consent import REQUIRED, give
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.shared.actor import SYSTEM, Actor, Seat
from autodoctor.testing.ports import Town, memory_town
from support.corporate import a_company, a_department, an_employee, who_runs
from support.newcomers import letters
from support.scenery import an_account
from support.web import logged_in, web_in

FILE = 'email;name;number\nnew@test.example;"Zoë, two\nlines";=7\nbad;;\n'


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def app(town: Town) -> Flask:
    return web_in(town)


@pytest.fixture
def company(town: Town) -> Organization:
    return a_company(town.kept)


@pytest.fixture
def boss(town: Town, company: Organization) -> Actor:
    return who_runs(town.kept, company)


@pytest.fixture
def client(app: Flask, town: Town, boss: Actor) -> FlaskClient:
    return logged_in(app, town, boss)


def post(client: FlaskClient, path: str, page: str = "", **form: Any) -> TestResponse:
    """With the token of the page that has the form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page or path).text)
    assert found is not None
    return client.post(path, data={"csrf_token": found[1], **form})


def addresses(client: FlaskClient) -> list[str]:
    return [row["email"] for row in client.get("/api/corporate/employees").json["employees"]]


def test_somebody_is_invited_and_stands_in_the_list(client: FlaskClient) -> None:
    sent = post(client, "/corporate/employees", email="dee@test.example", role="driver")

    assert (sent.status_code, sent.headers["Location"]) == (303, "/corporate/employees")
    shown = client.get("/corporate/employees").text
    assert "dee@test.example" in shown
    assert "Invited" in shown


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"email": "nobody"}, "Enter an email address"),
        ({"email": "dee@test.example", "monthly_sessions_max": "many"}, "A whole number"),
        ({"email": "dee@test.example", "role": "pilot"}, "One of driver"),
        ({"email": "dee@test.example", "department_id": "none"}, "Choose one of your departments"),
        ({"email": "dee@test.example", "number": "x" * 41}, "At most 40"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    client: FlaskClient, form: dict[str, str], said: str
) -> None:
    refused = post(client, "/corporate/employees", **form)

    assert refused.status_code == 422
    assert said in refused.text
    assert f'value="{form["email"]}"' in refused.text
    assert addresses(client) == []


def test_a_full_company_reads_why(town: Town, boss: Actor, client: FlaskClient) -> None:
    for _ in range(10):
        an_employee(town.kept, organization_id=boss.organization_id)

    refused = post(client, "/corporate/employees", email="dee@test.example")

    assert refused.status_code == 409
    assert "All seats" in refused.text


def test_an_employee_is_changed_let_go_and_taken_back(
    town: Town, boss: Actor, client: FlaskClient
) -> None:
    employee = an_employee(town.kept, organization_id=boss.organization_id, name="Dee Driver")
    vans = a_department(town.kept, organization_id=boss.organization_id, name="Vans")
    place = f"/corporate/employees/{employee.id}"

    changed = post(
        client, place, name="Dee Dee", role="supervisor", department_id=vans.id, number="7"
    )
    assert changed.status_code == 303
    assert all(said in client.get(place).text for said in ("Dee Dee", "Sessions of Vans"))

    post(client, f"{place}/deactivate", place)
    assert "Deactivated" in client.get(place).text
    post(client, f"{place}/activate", place)
    assert "Active" in client.get(place).text
    assert post(client, place, name="").status_code == 422


def test_who_is_invited_has_a_page_until_it_is_taken_back(
    town: Town, boss: Actor, client: FlaskClient
) -> None:
    sent = invite_employee(town.ports, actor=boss, email="dee@test.example", form=EmployeeForm())
    place = f"/corporate/employees/invited/{sent.id}"

    assert "dee@test.example" in client.get(place).text
    assert post(client, place, name="Dee Dee", number="7").status_code == 303
    assert 'value="Dee Dee"' in client.get(place).text
    assert post(client, f"{place}/revoke", place).status_code == 303
    assert client.get(place).status_code == 404


def upload(client: FlaskClient, told: bytes) -> TestResponse:
    sent = (io.BytesIO(told), "employees.csv")
    return post(client, "/corporate/employees/upload", file=sent)


def test_a_file_is_looked_at_and_then_done_as_it_was_said(town: Town, client: FlaskClient) -> None:
    looked = upload(client, b"\xef\xbb\xbf" + FILE.encode())

    assert looked.status_code == 200
    assert all(said in looked.text for said in ("To invite", "Left out", "new@test.example"))
    assert addresses(client) == []
    kept = re.search(r'name="csv" value="([^"]+)"', looked.text)
    assert kept is not None

    text = kept[1].replace("&#34;", '"').replace("\n", "\r\n")
    done = post(client, "/corporate/employees/upload", csv=text, go="do")

    assert "What was done" in done.text
    assert addresses(client) == ["new@test.example"]
    row = client.get("/api/corporate/employees").json["employees"][0]
    assert (row["name"], row["number"]) == ("Zoë, two lines", "=7")
    assert len(letters(town, "new@test.example")) == 1


def test_the_file_that_is_downloaded_changes_nothing_when_it_is_sent_back(
    client: FlaskClient,
) -> None:
    upload(client, FILE.encode())
    post(client, "/corporate/employees/upload", csv=FILE, go="do")

    downloaded = client.get("/corporate/employees/file")
    again = upload(client, downloaded.data)

    assert downloaded.headers["Content-Disposition"] == 'attachment; filename="employees.csv"'
    assert "'=7" in downloaded.text
    assert "Invited before" in again.text
    assert 'value="do"' not in again.text


@pytest.mark.parametrize(
    ("told", "said"),
    [(b"", "first line"), (b"name\nDee\n", "email"), ("email\nZoë".encode("latin-1"), "UTF-8")],
)
def test_a_file_that_cannot_be_read_says_why(client: FlaskClient, told: bytes, said: str) -> None:
    refused = upload(client, told)

    assert refused.status_code == 422
    assert said in refused.text


def test_a_key_is_shown_once(client: FlaskClient) -> None:
    made = post(
        client,
        "/corporate/integrations/keys",
        "/corporate/integrations",
        name="Payroll",
        scope="manage",
        days="30",
    )
    found = re.search(r"<code>(ad_[0-9a-f]{8}_[^<]+)</code>", made.text)

    assert made.status_code == 201
    assert found is not None
    assert made.headers["Cache-Control"] == "no-store"
    again = client.get("/corporate/integrations").text
    assert found[1] not in again
    assert found[1][:11] in again
    key_id = re.search(r"/keys/([0-9a-f-]{36})/revoke", again)
    assert key_id is not None

    post(client, f"/corporate/integrations/keys/{key_id[1]}/revoke", "/corporate/integrations")

    assert "Revoked" in client.get("/corporate/integrations").text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": ""}, "Enter 2 to 120"),
        ({"name": "Payroll", "scope": "all"}, "what the key may do"),
        ({"name": "Payroll", "days": "²"}, "how long it lasts"),
        ({"name": "Payroll", "days": "0"}, "From 1 to"),
    ],
)
def test_a_key_that_does_not_fit_says_why(
    client: FlaskClient, form: dict[str, str], said: str
) -> None:
    refused = post(client, "/corporate/integrations/keys", "/corporate/integrations", **form)

    assert refused.status_code == 422
    assert said in refused.text


def test_who_only_looks_sees_the_list_and_no_form(
    town: Town, app: Flask, company: Organization
) -> None:
    employee = an_employee(town.kept, organization_id=company.id)
    looker = logged_in(app, town, who_runs(town.kept, company, Seat.VIEWER))

    assert "Invite somebody" not in looker.get("/corporate/employees").text
    assert "Let go" not in looker.get(f"/corporate/employees/{employee.id}").text
    assert looker.get("/corporate/employees/upload").status_code == 403
    assert looker.get("/corporate/integrations").status_code == 403


def test_an_invited_customer_reads_what_it_means_and_joins(
    town: Town, app: Flask, boss: Actor
) -> None:
    customer = an_account(town.kept)
    with town.kept(SYSTEM) as tx:
        email = tx.accounts.get(customer.account_id).email.text
        tx.consents.add(give(account_id=customer.account_id, kinds=REQUIRED, at=town.clock.now()))
    invite_employee(town.ports, actor=boss, email=email, form=EmployeeForm(name="Dee Driver"))
    code = letters(town, email)[-1].text.split("/invitations/")[1].split()[0]
    theirs = logged_in(app, town, customer)

    shown = theirs.get(f"/invitations/{code}").text
    assert "never what was said" in shown
    joined = post(theirs, f"/invitations/{code}")

    assert (joined.status_code, joined.headers["Location"]) == (303, "/customer/dashboard")
    assert addresses(logged_in(app, town, boss)) == [email]
