"""What a company reads of its employees' sessions: when and what, never what was said."""

import attrs
import pytest
from flask.testing import FlaskClient

from autodoctor.application.booking.checkout import check_out
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.booking.waiver import sign_waiver
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import PlanSlug, SessionId
from autodoctor.testing.ports import Town, a_customer, memory_town
from support.corporate import a_company, an_employee, who_runs
from support.web import logged_in, web_in

SECRETS = ("+1 416 555 0177", "grinding under the hood", "1HGCM82633A004352", "PLATE77")


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def boss(town: Town) -> Actor:
    return who_runs(town.kept, a_company(town.kept))


def booked(town: Town, boss: Actor, *, private: bool = False) -> tuple[Actor, SessionId]:
    """By an employee with a phone, who tells much."""
    who = a_customer(town.ports)
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(who.account_id)
        tx.accounts.save(attrs.evolve(account, phone=SECRETS[0]))
    an_employee(town.kept, account_id=who.account_id, organization_id=boss.organization_id)
    form = IntakeForm(
        plan=PlanSlug("free"),
        concern=f"There is a {SECRETS[1]}.",
        vehicle=Vehicle(2003, "Honda", "Accord", SECRETS[2], None, SECRETS[3]),
        private=private,
    )
    intake = start_intake(town.ports, actor=who, form=form)
    sign_waiver(
        town.ports,
        actor=who,
        intake_id=intake.id,
        full_name="Casey Driver",
        adult=True,
        address="127.0.0.1",
        agent="tests",
    )
    done = check_out(town.ports, actor=who, intake_id=intake.id)
    assert done.session_id is not None
    return who, done.session_id


def looking(town: Town, boss: Actor) -> FlaskClient:
    return logged_in(web_in(town), town, boss)


def test_no_page_and_no_answer_says_more(town: Town, boss: Actor) -> None:
    booked(town, boss)
    client = looking(town, boss)
    (row,) = client.get("/api/corporate/employees").json["employees"]

    for path in (
        *("/api/corporate/sessions", "/api/corporate/dashboard", "/api/corporate/employees"),
        *("/api/corporate/employees/roster", f"/api/corporate/employees/{row['id']}"),
        *("/corporate/sessions", "/corporate/dashboard", "/corporate/employees"),
        f"/corporate/employees/{row['id']}",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not [secret for secret in SECRETS if secret in answer.text], path


def test_it_reads_when_what_by_whom_and_the_kind_of_problem(town: Town, boss: Actor) -> None:
    booked(town, boss)

    answer = looking(town, boss).get("/api/corporate/sessions").json

    (session,) = answer["sessions"]
    assert answer["use"] == {"sessions": 1, "spent": {"minor": 0, "currency": "cad"}}
    assert (answer["month"], answer["time_zone"]) == ("2026-03", "America/Toronto")
    assert set(session) == {
        *("id", "booked_at", "employee", "number", "department", "plan", "price", "category"),
        *("status", "counts"),
    }


def test_a_private_session_is_not_there(town: Town, boss: Actor) -> None:
    _, session_id = booked(town, boss, private=True)
    client = looking(town, boss)

    assert client.get("/api/corporate/sessions").json["total"] == 0
    assert str(session_id) not in client.get("/corporate/sessions").text


def test_the_session_itself_is_not_the_companys_to_open(town: Town, boss: Actor) -> None:
    _, session_id = booked(town, boss)
    client = looking(town, boss)

    for path in (f"/api/sessions/{session_id}", f"/api/sessions/{session_id}/summary"):
        assert client.get(path).status_code == 403
    assert client.get(f"/session/{session_id}").status_code == 403


def test_the_customer_reads_to_whom_it_is_linked(town: Town, boss: Actor) -> None:
    who, session_id = booked(town, boss)
    private, other_id = booked(town, boss, private=True)

    linked = logged_in(web_in(town), town, who).get(f"/customer/sessions/{session_id}").text
    alone = logged_in(web_in(town), town, private).get(f"/customer/sessions/{other_id}").text

    assert "Swift Couriers" in linked
    assert "Swift Couriers" not in alone


@pytest.mark.parametrize("month", ["2026-13", "1999-01", "march", "2026-3"])
def test_a_month_that_is_none_names_its_field(town: Town, boss: Actor, month: str) -> None:
    client = looking(town, boss)

    answer = client.get("/api/corporate/sessions", query_string={"month": month})

    assert (answer.status_code, answer.json["field"]) == (422, "month")
    assert client.get("/corporate/sessions", query_string={"month": month}).status_code == 200
