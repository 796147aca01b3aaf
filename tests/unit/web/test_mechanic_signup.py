"""A mechanic's sign-up over HTTP, with everything kept in memory."""

import re

import attrs
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from autodoctor.application.mechanics.applying import application, hand_in
from autodoctor.application.vetting.decide import ask, reject
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.vetting.application import ApplicationStatus
from autodoctor.entrypoints.web.pages.mechanic_draft import COOKIE
from autodoctor.testing.ports import Town, memory_town
from support.applicants import EMAIL, PASSWORD, an_applicant, answers, proved
from support.web import logged_in, web_in

ROOT = "/mechanic/signup"
PERSONAL = {
    "full_name": "Robin Torque",
    "email": EMAIL,
    "password": PASSWORD,
    "phone": "+1 416 555 0188",
    "date_of_birth": "1988-04-30",
    "city": "Hamilton",
    "province": "ON",
    "language": "en",
    "time_zone": "America/Toronto",
    **dict.fromkeys(("adult", "terms", "privacy", "marketplace"), "true"),
}


@attrs.frozen
class Browser:
    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, follow_redirects=True)

    def post(self, step: str, go: str = "on", **form: object) -> TestResponse:
        page = self.get("/notifications").text
        [token, *_] = re.findall(r'name="csrf_token" value="([^"]+)"', page)
        sent = {
            name: list(value) if isinstance(value, tuple) else value for name, value in form.items()
        }
        path = step if step.startswith("/") else f"{ROOT}/{step}"
        return self.client.post(path, data=sent | {"go": go, "csrf_token": token})


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def visitor(town: Town) -> Browser:
    return Browser(web_in(town).test_client())


def signed_in(town: Town, actor: Actor) -> Browser:
    return Browser(logged_in(web_in(town), town, actor))


def test_a_mistake_stands_at_its_field_and_everything_typed_stays(visitor: Browser) -> None:
    page = visitor.post("personal", **PERSONAL | {"date_of_birth": "2012-01-01"})

    assert page.status_code == 422
    assert 'id="date_of_birth-error"' in page.text
    assert 'value="Robin Torque"' in page.text
    assert PASSWORD not in page.text
    assert 'value="Robin Torque"' in visitor.get(f"{ROOT}/personal").text, "a reload finds it too"


def test_the_draft_is_found_by_a_cookie_that_no_script_reads(visitor: Browser) -> None:
    answer = visitor.post("personal", go="save", full_name="Robin Torque")

    [cookie] = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith(COOKIE)]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_forged_cookie_opens_nothing(town: Town, visitor: Browser) -> None:
    visitor.post("personal", **PERSONAL)
    other = Browser(web_in(town).test_client())
    for forged in ("", "x", '"5a0b7d8e-0000-4000-8000-000000000001".AAAA', "é"):
        other.client.set_cookie(COOKIE, forged)

        assert "Robin" not in other.get(f"{ROOT}/personal").text


def test_the_first_step_asks_for_a_password_once(visitor: Browser) -> None:
    assert 'name="password"' in visitor.get(ROOT).text

    done = visitor.post("personal", **PERSONAL)

    assert done.headers["Location"] == f"{ROOT}/credentials"
    again = visitor.get(f"{ROOT}/personal").text
    assert 'name="password"' not in again
    assert EMAIL in again
    assert visitor.post("personal", **PERSONAL | {"email": "x@y.example"}).status_code == 303
    assert EMAIL in visitor.get(f"{ROOT}/personal").text, "the address stays"


def test_begun_anew_another_address_can_be_given(visitor: Browser) -> None:
    visitor.post("personal", **PERSONAL)

    visitor.post("restart")

    page = visitor.get(f"{ROOT}/personal").text
    assert 'name="password"' in page
    assert EMAIL not in page


def test_rows_of_certifications_come_and_go_and_keep_what_was_typed(visitor: Browser) -> None:
    first = {"type_0": "310S", "number_0": "1", "authority_0": "STO", "region_0": "ON"}
    visitor.post("credentials", go="add", years_of_experience="5", **first)
    second = {"type_1": "ASE", "number_1": "", "authority_1": "", "region_1": ""}
    visitor.post("credentials", go="back", years_of_experience="5", **first, **second)
    assert 'value="ASE"' in visitor.get(f"{ROOT}/credentials").text

    wrong = visitor.post("credentials", years_of_experience="5", **first, **second)
    visitor.post("credentials", go="drop_0", years_of_experience="5", **first, **second)

    assert wrong.status_code == 422
    assert 'id="number_1-error"' in wrong.text
    page = visitor.get(f"{ROOT}/credentials").text
    assert 'value="ASE"' in page
    assert "310S&#34;" not in page
    assert 'name="type_1"' not in page


def test_the_sign_up_leads_to_the_first_step_that_is_not_complete(visitor: Browser) -> None:
    visitor.post("personal", **PERSONAL)

    assert visitor.client.get(ROOT).headers["Location"] == f"{ROOT}/credentials"


def test_the_review_says_what_is_missing_and_where_the_link_went(visitor: Browser) -> None:
    visitor.post("personal", **PERSONAL)

    page = visitor.get(f"{ROOT}/review").text

    assert "Choose at least 3." in page
    assert f"<b>{EMAIL}</b>" in page
    assert "Hand in my application" not in page


def test_who_has_confirmed_finds_the_draft_in_another_browser_and_hands_in(
    town: Town, visitor: Browser
) -> None:
    visitor.post("personal", **PERSONAL)
    actor = proved(town)
    elsewhere = signed_in(town, actor)
    told = answers()
    for step, names in {
        "credentials": ("years_of_experience", "bio"),
        "service": ("specializations", "keywords", "languages", "service_tier"),
        "insurance": ("insurance_number", "insurance_expires_on", "background_check"),
        "bank": ("payout_country",),
    }.items():
        elsewhere.post(step, **{name: getattr(told, name) for name in names})

    assert "Hand in my application" in elsewhere.get(ROOT).text
    done = elsewhere.post("review")

    assert done.headers["Location"] == "/mechanic/status"
    assert application(town.ports, actor=actor).status is ApplicationStatus.SUBMITTED
    assert "We have received your application" in elsewhere.get("/mechanic/status").text
    for late in (elsewhere.post("bank", payout_country="US"), elsewhere.post("review")):
        assert late.headers["Location"] == "/mechanic/status"
    assert "Robin" not in visitor.get(f"{ROOT}/personal").text, "it is opened signed in now"


def test_the_status_page_carries_a_question_to_its_answer(town: Town) -> None:
    actor, staff = an_applicant(town), Actor(AccountId(town.ports.ids.new()), Role.ADMIN)
    submitted = hand_in(town.ports, actor=actor)
    ask(town.ports, actor=staff, application_id=submitted.id, question="Which licence?")
    browser = signed_in(town, actor)

    assert "Which licence?" in browser.get("/mechanic/status").text
    empty = browser.post("/mechanic/status/answer", answer=" ")
    assert empty.status_code == 422
    browser.post("/mechanic/status/answer", answer="310S")

    assert "310S" in browser.get("/mechanic/status").text
    assert application(town.ports, actor=actor).status is ApplicationStatus.SUBMITTED


def test_a_rejection_is_explained_and_can_be_tried_again(town: Town) -> None:
    actor, staff = an_applicant(town), Actor(AccountId(town.ports.ids.new()), Role.ADMIN)
    submitted = hand_in(town.ports, actor=actor)
    reject(town.ports, actor=staff, application_id=submitted.id, reason="The licence is blurred.")
    browser = signed_in(town, actor)

    assert "The licence is blurred." in browser.get("/mechanic/status").text
    browser.post("/mechanic/status/again")

    assert 'value="Robin Torque"' in browser.get(f"{ROOT}/personal").text
    assert "Hand in my application" in browser.get(f"{ROOT}/review").text


def test_the_api_says_what_a_draft_still_misses(visitor: Browser) -> None:
    sent = {"full_name": "Robin Torque", "keywords": ["abs"], "years_of_experience": 12}

    first = visitor.client.post("/api/mechanic/signup/draft", json=sent).json
    second = visitor.client.post("/api/mechanic/signup/draft", json={"city": "Hamilton"}).json

    assert first is not None
    assert second is not None
    missing = [each["field"] for each in second["missing"]]
    assert "full_name" not in missing
    assert "city" not in missing
    assert "city" in [each["field"] for each in first["missing"]]
    assert missing[0] == "email"
    refused = visitor.client.post("/api/mechanic/signup/draft", json={"fullname": "typing error"})
    assert refused.status_code == 422


def test_so_many_accounts_an_hour_and_the_other_steps_go_on(town: Town) -> None:
    app = web_in(town, rate_limits=True)
    first = Browser(app.test_client())
    for number in range(40):
        browser = first if number == 0 else Browser(app.test_client())
        answer = browser.post("personal", **PERSONAL | {"email": f"{number}@test.example"})
        assert answer.status_code == 303

    late = Browser(app.test_client()).post("personal", **PERSONAL | {"email": "late@test.example"})

    assert late.status_code == 429
    assert first.post("personal", **PERSONAL).status_code == 303
    assert first.post("insurance", go="save", insurance_number="1").status_code == 303
