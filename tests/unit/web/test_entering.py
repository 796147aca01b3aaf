"""Coming in over HTTP, with everything kept in memory."""

import re
from datetime import timedelta
from typing import Any

import attrs
import pyotp
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from autodoctor.adapters.memory.identity_providers import MemoryIdentityProviders
from autodoctor.adapters.storage.links import SignedLinks
from autodoctor.application.accounts.second_factor import begin_app, confirm_app
from autodoctor.application.accounts.standing import suspend
from autodoctor.domain.accounts.consent import VERSIONS, ConsentKind
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import (
    EMAIL,
    PASSWORD,
    confirmed,
    letters,
    logged_in,
    newcomer,
    present,
    with_role,
)
from support.web import web_in

SOMEBODY = Claimed("example", "subject-1", "dana@example.com", True, "Dana Whitfield")
AGREED = dict.fromkeys(("adult", "terms", "privacy", "marketplace"), "true")


@attrs.frozen
class Site:
    town: Town
    provider: MemoryIdentityProviders
    browser: FlaskClient

    def post(self, path: str, **form: str) -> TestResponse:
        page = self.browser.get("/login?next=/", follow_redirects=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert found is not None
        return self.browser.post(path, data=form | {"csrf_token": found[1]})

    def leave(self, **form: str) -> str:
        """The state that somebody leaves with."""
        page = self.post("/auth/example", role="customer", **form)
        found = re.search(r"state=([\w-]+)", page.text)
        assert found is not None, page.text
        return found[1]


def site(*, limits: bool = False, **changes: Any) -> Site:
    provider = MemoryIdentityProviders()
    town = memory_town(providers=provider)
    links, at = SignedLinks("x" * 32), "https://autodoctor.example"
    app = web_in(town, links=links, public_url=at, rate_limits=limits, **changes)
    return Site(town, provider, app.test_client())


@pytest.fixture
def here() -> Site:
    return site()


def test_buttons_stand_where_a_provider_is_set_up(here: Site) -> None:
    assert "Continue with Example" in here.browser.get("/login").text
    assert "Continue with Example" in here.browser.get("/signup").text


def test_a_newcomer_comes_from_a_provider_agrees_and_is_in(here: Site) -> None:
    state = here.leave(next="/customer/profile")
    here.provider.says["code"] = SOMEBODY

    came = here.browser.get(f"/auth/example/callback?state={state}&code=code")
    half = here.browser.get("/customer/dashboard")
    refused = here.post("/account/agreements", adult="true")
    agreed = here.post("/account/agreements", **AGREED)

    assert came.location == half.location == "/account/agreements"
    assert refused.status_code == 422
    assert agreed.location == "/customer/profile"
    assert "Dana Whitfield" in here.browser.get("/customer/profile").text


def test_who_agreed_to_an_older_version_is_asked_for_the_new_one_once(here: Site) -> None:
    newcomer(here.town)
    consents = here.town.kept.tables.consents
    for key, each in consents.items():
        if each.kind in (ConsentKind.TERMS, ConsentKind.PRIVACY):
            consents[key] = attrs.evolve(each, version="2020-01")

    came = here.post("/login", email=EMAIL, password=PASSWORD)
    asked = here.browser.get("/account/agreements").text
    closed = here.browser.get("/customer/dashboard")
    unread = here.post("/account/agreements", **AGREED | {"terms": ""})
    agreed = here.post("/account/agreements", **AGREED)
    elsewhere = attrs.evolve(here, browser=here.browser.application.test_client())
    again = elsewhere.post("/login", email=EMAIL, password=PASSWORD)

    assert came.location == closed.location == "/account/agreements"
    assert "We have changed our terms of service and our privacy policy" in asked
    assert unread.status_code == 422
    assert "We have changed our terms of service" in unread.text
    assert agreed.location == again.location == "/customer/dashboard"
    kept = here.town.kept.tables.consents.values()
    terms = [each.version for each in kept if each.kind is ConsentKind.TERMS]
    assert terms == ["2020-01", VERSIONS[ConsentKind.TERMS]]


def test_half_way_in_the_api_opens_nothing_either(here: Site) -> None:
    state = here.leave()
    here.provider.says["code"] = SOMEBODY
    here.browser.get(f"/auth/example/callback?state={state}&code=code")

    answer = here.browser.get("/api/customer/profile")

    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["type"] == "/problems/login-unfinished"
    assert answer.json["stage"] == "agreements"


def test_another_browser_does_not_come_back(here: Site) -> None:
    state = here.leave()
    here.provider.says["code"] = SOMEBODY
    other = here.browser.application.test_client()

    came = other.get(f"/auth/example/callback?state={state}&code=code")

    assert came.location == "/login"
    assert here.town.kept.tables.accounts == {}


@pytest.mark.parametrize("query", ["state=wrong&code=code", "code=code", "state={state}", ""])
def test_nobody_comes_back_with_a_wrong_state_or_without_a_code(here: Site, query: str) -> None:
    state = here.leave()
    here.provider.says["code"] = SOMEBODY

    came = here.browser.get(f"/auth/example/callback?{query.format(state=state)}")

    assert came.location == "/login"
    assert here.town.kept.tables.accounts == {}


def test_who_is_sent_back_with_a_form_of_another_site_goes_on_as_by_a_link(here: Site) -> None:
    state = here.leave()
    here.provider.says["code"] = SOMEBODY
    form = {"state": state, "code": "code", "user": "ignored"}

    sent = here.browser.post(
        "/auth/example/callback", data=form, headers={"Sec-Fetch-Site": "cross-site"}
    )
    found = re.search(r'content="0;url=([^"]+)"', sent.text)
    assert found is not None
    came = here.browser.get(found[1].replace("&amp;", "&"))

    assert came.location == "/account/agreements"


def test_an_account_with_the_address_is_led_to_its_login_and_to_where_it_links(here: Site) -> None:
    newcomer(here.town)
    state = here.leave()
    here.provider.says["code"] = attrs.evolve(SOMEBODY, email=EMAIL)

    came = here.browser.get(f"/auth/example/callback?state={state}&code=code")

    assert came.location == "/login?next=/account/security"
    assert here.town.kept.tables.identities == {}


def test_a_suspended_person_reads_why_and_until_when_with_the_right_password_only(
    here: Site,
) -> None:
    newcomer(here.town)
    who = present(here.town.ports, logged_in(here.town))
    admin = Actor(who.account.id, Role.ADMIN)
    admin = attrs.evolve(admin, account_id=here.town.ports.ids.new())  # type: ignore[arg-type]
    suspend(here.town.ports, actor=admin, account_id=who.account.id, reason="Too loud.", days=3)

    right = here.post("/login", email=EMAIL, password=PASSWORD)
    wrong = here.post("/login", email=EMAIL, password="not this")
    api = here.browser.post("/api/customer/login", json={"email": EMAIL, "password": PASSWORD})

    assert right.status_code == wrong.status_code == 403
    assert "suspended until 5 March" in right.text
    assert "Too loud." in right.text
    assert "Too loud." not in wrong.text
    assert api.json is not None
    assert (api.json["reason"], api.json["standing"]) == ("Too loud.", "suspended")


def test_forgetting_is_answered_alike_for_whoever(here: Site) -> None:
    newcomer(here.town)

    known = here.post("/forgot", email=EMAIL)
    unknown = here.post("/forgot", email="nobody@example.com")

    assert known.status_code == unknown.status_code == 200
    neutral = re.compile(r'value="[^"]*"|nobody@example\.com|casey@example\.com')
    assert neutral.sub("", known.text) == neutral.sub("", unknown.text)


def test_four_links_an_hour_for_each_address_and_then_no_more() -> None:
    here = site(limits=True)
    newcomer(here.town)

    answers = [here.post("/forgot", email=EMAIL).status_code for _ in range(5)]

    assert answers == [200] * 4 + [429]
    assert here.post("/forgot", email="nobody@example.com").status_code == 200
    resets = [mail for mail in letters(here.town) if mail.subject == "Set a new password"]
    assert len(resets) == 4


def test_five_guesses_at_a_code_whatever_the_login() -> None:
    here = site(limits=True)
    with_role(here.town, Role.ADMIN)
    who = confirmed(here.town.ports, logged_in(here.town, role=Role.ADMIN))
    secret = begin_app(here.town.ports, present=who).secret.replace(" ", "")
    code = pyotp.TOTP(secret).at(here.town.clock.now())
    confirm_app(here.town.ports, present=who, code=code)
    here.town.clock.advance(timedelta(seconds=30))

    def guess() -> int:
        here.browser.set_cookie(
            "autodoctor_login", logged_in(here.town, role=Role.ADMIN), domain="localhost"
        )
        return here.browser.post("/api/auth/second-factor", json={"code": "000000"}).status_code

    assert [guess() for _ in range(6)] == [403] * 5 + [429]


def test_a_browser_one_has_logged_in_with_is_not_kept_waiting_by_others() -> None:
    here = site(limits=True)
    with_role(here.town, Role.ADMIN)
    who = confirmed(here.town.ports, logged_in(here.town, role=Role.ADMIN))
    app = pyotp.TOTP(begin_app(here.town.ports, present=who).secret.replace(" ", ""))
    confirm_app(here.town.ports, present=who, code=app.at(here.town.clock.now()))
    right = {"email": EMAIL, "password": PASSWORD}

    def tried(browser: FlaskClient, code: str) -> int:
        here.town.clock.advance(timedelta(seconds=30))
        browser.post("/api/auth/login", json=right)
        given = code or app.at(here.town.clock.now())
        return browser.post("/api/auth/second-factor", json={"code": given}).status_code

    mine, stranger = here.browser, here.browser.application.test_client()
    assert tried(mine, "") == 200
    assert [tried(stranger, "000000") for _ in range(6)] == [403] * 5 + [429]

    assert tried(stranger, "") == 429
    assert tried(mine, "") == 200


def debugged(here: Site) -> dict[str, int]:
    with_role(here.town, Role.ADMIN)
    token = logged_in(here.town, role=Role.ADMIN)
    here.browser.set_cookie("autodoctor_login", token, domain="localhost")
    body = {"email": EMAIL, "role": "admin"}
    return {
        "state": here.browser.get("/api/admin/debug-auth").status_code,
        "status": here.browser.get("/api/debug/auth-status").status_code,
        "as somebody": here.browser.post("/api/admin/test-login", json=body).status_code,
    }


def test_debugging_needs_the_setting_and_an_admin() -> None:
    assert set(debugged(site(debug_routes=True)).values()) == {200}
    assert set(debugged(site()).values()) == {404}
    visitor = site(debug_routes=True).browser
    assert visitor.get("/api/admin/debug-auth").status_code == 404


def test_a_copy_of_ones_data_comes_as_a_file(here: Site) -> None:
    newcomer(here.town)
    here.browser.set_cookie("autodoctor_login", logged_in(here.town), domain="localhost")

    answer = here.browser.get("/api/customer/export")

    assert answer.json is not None
    assert answer.json["account"]["email"] == EMAIL
    assert len(answer.json["consents"]) == 4
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "quick:" not in answer.text
