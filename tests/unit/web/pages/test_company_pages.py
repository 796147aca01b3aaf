"""A company's pages: what is typed is kept, what is wrong is said, and who looks sees theirs."""

import re

import attrs
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from autodoctor.application.corporate.departments import departments
from autodoctor.application.corporate.overseeing import dossier
from autodoctor.application.corporate.seats import staff
from autodoctor.domain.shared.actor import Actor, Role, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.admin_companies_view import filter_of
from autodoctor.entrypoints.web.pages.company_departments import money_typed
from autodoctor.entrypoints.web.pages.company_form import details_of_form
from autodoctor.ports.corporate_queries import CompaniesShown
from autodoctor.testing.ports import Town, memory_town
from support.corporate import company_applicant, company_of, company_owner, who_runs
from support.web import logged_in, web_in
from support.workshops import an_account


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def boss(town: Town) -> Actor:
    return company_owner(town.ports)


@pytest.mark.parametrize(
    ("text", "minor"), [("", None), ("500", 50_000), ("$1,499.5", 149_950), ("0", 0), ("-1", -100)]
)
def test_an_amount_is_read_as_people_write_it(text: str, minor: int | None) -> None:
    assert money_typed("budget", text) == (None if minor is None else Money(minor))


@pytest.mark.parametrize("text", ["many", "1.005", "NaN", "Infinity", "1e5000", "1" * 13])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidField):
        money_typed("budget", text)


def test_an_empty_fleet_has_no_vehicles_and_a_wrong_one_is_refused_later() -> None:
    blank = dict.fromkeys(
        (
            *("name", "business_type", "registration_number", "tax_id", "industry"),
            *("contact_name", "email", "phone", "street", "city", "province", "postal_code"),
            *("fleet_size", "tier"),
        ),
        "",
    )

    assert details_of_form(blank).fleet_size == 0
    assert details_of_form({**blank, "fleet_size": "many"}).fleet_size == -1


def test_a_list_leaves_out_what_does_not_fit() -> None:
    wrong = filter_of({"shown": "none", "tier": "free", "page": "x", "search": " vans "})
    right = filter_of({"shown": "open", "tier": "starter", "page": "3"})

    assert (wrong.shown, wrong.tier, wrong.page, wrong.text) == (
        CompaniesShown.ALL,
        None,
        1,
        "vans",
    )
    assert (right.shown, right.tier, right.page) == (CompaniesShown.OPEN, "starter", 3)


@attrs.frozen
class Window:
    """Of somebody; every form it sends carries the token of its pages."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, **form: str) -> TestResponse:
        page = self.client.get("/notifications").text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found is not None
        return self.client.post(path, data={"csrf_token": found[1], **form})


def browser(town: Town, who: Actor) -> Window:
    return Window(logged_in(web_in(town), town, who))


def test_a_department_is_added_changed_and_removed(town: Town, boss: Actor) -> None:
    client = browser(town, boss)
    limits = {"name": "Vans", "monthly_budget": "499.50", "monthly_sessions_max": ""}

    client.post("/corporate/departments", **limits)
    (vans,) = departments(town.ports, actor=boss)
    assert vans.department.monthly_budget == Money(49_950)
    again = client.post("/corporate/departments", **limits)
    wrong = client.post("/corporate/departments", **{**limits, "monthly_budget": "much"})
    assert (again.status_code, wrong.status_code) == (409, 422)
    assert "There is a department of this name already." in again.text
    assert "An amount such as 500" in wrong.text

    place = f"/corporate/departments/{vans.department.id}"
    client.post(place, name="Trucks", monthly_budget="", monthly_sessions_max="5")
    assert "At most 5 sessions a month" in client.get("/corporate/dashboard").text
    client.post(f"{place}/remove")
    assert departments(town.ports, actor=boss) == ()


def test_a_viewer_sees_no_way_to_change_anything(town: Town, boss: Actor) -> None:
    with town.ports.transactions(boss) as tx:
        company = tx.organizations.get(company_of(boss))
    viewer = who_runs(town.ports.transactions, company, Seat.VIEWER)
    client = browser(town, viewer)

    for place, words in (("departments", "Add it"), ("team", "Invite"), ("profile", ">Keep<")):
        page = client.get(f"/corporate/{place}")
        assert page.status_code == 200
        assert words not in page.text
    assert client.post("/corporate/departments", name="Vans").status_code == 403


def test_who_waits_is_led_to_where_the_application_stands(town: Town) -> None:
    waits = browser(town, company_applicant(town.ports))
    none = browser(town, Actor(an_account(town.ports, Role.CORPORATE).id, Role.CORPORATE))

    for place in ("dashboard", "departments", "team", "profile"):
        for client in (waits, none):
            led = client.get(f"/corporate/{place}")
            assert (led.status_code, led.headers["Location"]) == (303, "/corporate/status")
    assert "We have received your application" in waits.get("/corporate/status").text
    assert none.get("/corporate/status").headers["Location"] == "/corporate/register"


def test_a_company_tells_of_itself_later(town: Town) -> None:
    client = browser(town, Actor(an_account(town.ports, Role.CORPORATE).id, Role.CORPORATE))
    told = {"name": "Vans", "contact_name": "Fran", "email": "f@test.example", "tier": "starter"}

    wrong = client.post("/corporate/register", **told, business_type="bakery")
    done = client.post("/corporate/register", **told, business_type="rental")

    assert wrong.status_code == 422
    assert done.headers["Location"] == "/corporate/status"


def test_seats_are_given_and_taken_on_the_page(town: Town, boss: Actor) -> None:
    with town.ports.transactions(boss) as tx:
        company = tx.organizations.get(company_of(boss))
    robin = who_runs(town.ports.transactions, company, Seat.VIEWER)
    client = browser(town, boss)
    place = "/corporate/team/staff/{}/seat"

    client.post(place.format(boss.account_id), seat="none")
    last = client.get("/corporate/team")
    client.post(place.format(robin.account_id), seat="admin")
    seats = {each.id: each.organization_seat for each in staff(town.ports, actor=boss)}
    client.post(place.format(robin.account_id), seat="none")

    assert "There has to be an owner" in last.text
    assert seats[robin.account_id] is Seat.ADMIN
    assert [each.id for each in staff(town.ports, actor=boss)] == [boss.account_id]


def test_staff_read_why_a_decision_did_not_work(town: Town, boss: Actor) -> None:
    admin = an_account(town.ports, Role.ADMIN)
    actor = Actor(admin.id, Role.ADMIN)
    client, place = browser(town, actor), f"/admin/corporate/{boss.organization_id}"

    untold = client.post(f"{place}/suspend", reason="")
    late = client.post(f"{place}/reject", reason="Too late.")
    half = client.post(f"{place}/tier", tier="enterprise", seats="60", reason="x")

    assert (untold.status_code, late.status_code, half.status_code) == (422, 409, 422)
    assert "Say it in a sentence." in untold.text
    assert "Agree on seats and a price, or on neither." in half.text
    found = dossier(town.ports, actor=actor, organization_id=company_of(boss))
    assert (found.organization.open, found.organization.agreed) == (True, None)


def test_staff_set_a_tier_and_suspend_on_the_page(town: Town, boss: Actor) -> None:
    actor = Actor(an_account(town.ports, Role.ADMIN).id, Role.ADMIN)
    client, place = browser(town, actor), f"/admin/corporate/{boss.organization_id}"
    agreed = {"tier": "enterprise", "seats": "80", "monthly_price": "700"}

    client.post(f"{place}/tier", **agreed, reason="As agreed by phone.")
    shown = client.get(place).text
    client.post(f"{place}/suspend", reason="Nobody answers.")

    assert "$700, before tax" in shown
    found = dossier(town.ports, actor=actor, organization_id=company_of(boss)).organization
    assert (found.seats, found.suspension_reason) == (80, "Nobody answers.")
    assert "Let them back in" in client.get(place).text
