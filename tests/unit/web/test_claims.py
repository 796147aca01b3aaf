"""Coming in over HTTP by a provider that vouches for no address, with everything kept in
memory."""

import re

import attrs
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from autodoctor.adapters.memory.identity_providers import MemoryIdentityProviders
from autodoctor.adapters.storage.links import SignedLinks
from autodoctor.domain.accounts.claim import CODE_LASTS, LASTS
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.testing.ports import Town, memory_town
from support.claims import mailed_codes, wrong
from support.newcomers import EMAIL, letters, newcomer
from support.web import web_in

DANA = "dana@example.com"
SOMEBODY = Claimed("example", "subject-1", DANA, False, "Dana Whitfield")
AGREED = dict.fromkeys(("adult", "terms", "privacy", "marketplace"), "true")


@attrs.frozen
class Site:
    town: Town
    provider: MemoryIdentityProviders
    browser: FlaskClient

    def other(self) -> "Site":
        """Another browser."""
        return attrs.evolve(self, browser=self.browser.application.test_client())

    def post(self, path: str, **form: str) -> TestResponse:
        page = self.browser.get("/forgot")
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert found is not None
        return self.browser.post(path, data=form | {"csrf_token": found[1]})

    def come(self, **changes: str) -> TestResponse:
        page = self.post("/auth/example", role="customer", next="/customer/profile")
        found = re.search(r"state=([\w-]+)", page.text)
        assert found is not None, page.text
        self.provider.says["code"] = attrs.evolve(SOMEBODY, **changes)  # type: ignore[arg-type]
        return self.browser.get(f"/auth/example/callback?state={found[1]}&code=code")

    def code(self, email: str = DANA) -> str:
        """The one that is mailed to the address now."""
        sent = self.post("/signup/address", email=email)
        assert sent.location == "/signup/code"
        return mailed_codes(self.town, email)[-1]

    @property
    def accounts(self) -> int:
        return len(self.town.kept.tables.accounts)


def site(*, limits: bool = False) -> Site:
    provider = MemoryIdentityProviders()
    town = memory_town(providers=provider)
    links, at = SignedLinks("x" * 32), "https://autodoctor.example"
    app = web_in(town, links=links, public_url=at, rate_limits=limits)
    return Site(town, provider, app.test_client())


@pytest.fixture
def here() -> Site:
    return site()


def said_at(page: TestResponse, field: str) -> str:
    """What stands at the field as its error."""
    found = re.search(rf'id="{field}-error">(?:<svg.*?</svg>)?\s*([^<]+)</p>', page.text, re.DOTALL)
    return found[1].strip() if found else ""


def test_somebody_comes_shows_the_address_agrees_and_is_in(here: Site) -> None:
    came = here.come()
    asked = here.browser.get(came.location or "")
    code = here.code()
    typing = here.browser.get("/signup/code")
    opened = here.post("/signup/code", code=code)
    half = here.browser.get("/customer/dashboard")
    agreed = here.post("/account/agreements", **AGREED)

    assert came.location == "/signup/address"
    assert f'value="{DANA}"' in asked.text
    assert "Example has told us who you are" in asked.text
    assert DANA in typing.text
    assert opened.location == half.location == "/account/agreements"
    assert agreed.location == "/customer/profile"
    assert "Dana Whitfield" in here.browser.get("/customer/profile").text


def test_a_provider_that_says_no_address_leaves_the_form_empty(here: Site) -> None:
    here.come(email="")

    assert re.search(r'name="email"[^>]*value=""', here.browser.get("/signup/address").text)
    assert here.post("/signup/address", email="").status_code == 422


def test_the_state_is_in_the_cookie_of_this_browser_and_scripts_do_not_read_it(here: Site) -> None:
    came = here.come()
    cookies = [each for each in came.headers.getlist("Set-Cookie") if "autodoctor_form" in each]

    assert cookies
    assert all("HttpOnly" in each and "SameSite=Lax" in each for each in cookies)


@pytest.mark.parametrize("path", ["/signup/address", "/signup/code"])
def test_another_browser_reaches_nothing(here: Site, path: str) -> None:
    here.come()
    code = here.code()
    other = here.other()

    shown, sent = other.browser.get(path), other.post(path, email=DANA, code=code)

    assert shown.location == sent.location == "/login"
    assert here.accounts == 0
    assert here.post("/signup/code", code=code).location == "/account/agreements"


def test_each_refusal_is_said_at_the_field(here: Site) -> None:
    here.come()
    code = here.code()

    mistyped = here.post("/signup/code", code=wrong(code))
    for _ in range(4):
        here.post("/signup/code", code=wrong(code))
    often = here.post("/signup/code", code=code)
    code = here.code()
    here.town.clock.advance(CODE_LASTS)
    late = here.post("/signup/code", code=code)

    answers = (mistyped, often, late)
    assert [each.status_code for each in answers] == [403, 409, 410]
    assert [said_at(each, "code") for each in answers] == [
        "This code is wrong; type the one from our newest mail.",
        "Too many wrong codes; ask for a new one.",
        "This code is older than ten minutes; ask for a new one.",
    ]
    assert here.accounts == 0


def test_three_codes_and_then_it_says_so_at_the_address(here: Site) -> None:
    here.come()
    for number in range(3):
        here.code(f"dana{number}@example.com")

    fourth = here.post("/signup/address", email=DANA)

    assert fourth.status_code == 409
    assert said_at(fourth, "email").startswith("We have sent you three codes;")


def test_a_used_code_leads_on_to_where_one_is(here: Site) -> None:
    here.come()
    code = here.code()
    here.post("/signup/code", code=code)

    again = here.post("/signup/code", code=code)
    here.post("/account/agreements", **AGREED)

    assert again.location == "/account/agreements"
    assert here.post("/signup/code", code=code).location == "/customer/dashboard"
    assert here.accounts == 1


def test_one_tab_that_was_slower_reads_that_the_code_was_used(here: Site) -> None:
    here.come()
    code = here.code()
    cookie = here.browser.get_cookie("autodoctor_form")
    assert cookie is not None
    slower = here.other()
    slower.browser.set_cookie("autodoctor_form", cookie.value)
    here.post("/signup/code", code=code)

    late = slower.post("/signup/code", code=code)

    assert late.status_code == 409
    assert said_at(late, "code") == "This code was used already."


def test_after_half_an_hour_one_begins_again(here: Site) -> None:
    here.come()
    here.town.clock.advance(LASTS)

    late = here.browser.get("/signup/address")

    assert late.location == "/login"
    assert "continue with the other provider once more" in here.browser.get("/login").text


def test_known_and_unknown_are_answered_alike(here: Site) -> None:
    newcomer(here.town)
    pages = []
    for email in (EMAIL, DANA):
        here.come()
        sent = here.post("/signup/address", email=email)
        shown = here.browser.get("/signup/code")
        tried = here.post("/signup/code", code="x")
        pages.append((sent.status_code, sent.location, plain(shown, email), plain(tried, email)))

    assert pages[0] == pages[1]
    assert letters(here.town)[-1].subject == "Somebody tried to come in with Example"
    assert here.accounts == 1


def plain(page: TestResponse, email: str) -> str:
    """Without what differs on every page."""
    return re.sub(r'(value|nonce)="[^"]*"', "", page.text.replace(email, "somebody"))


def test_who_opened_an_account_meanwhile_is_led_to_where_they_link(here: Site) -> None:
    here.come()
    code = here.code(EMAIL)
    newcomer(here.town)

    met = here.post("/signup/code", code=code)

    assert met.location == "/login?next=/account/security"
    assert here.town.kept.tables.identities == {}


def test_an_address_is_mailed_four_codes_an_hour_whoever_asks() -> None:
    here = site(limits=True)
    here.come()

    answers = [here.post("/signup/address", email=DANA).status_code for _ in range(3)]
    other = here.other()
    other.come(subject="subject-2")
    answers += [other.post("/signup/address", email=DANA).status_code for _ in range(2)]

    assert answers == [303] * 4 + [429]


def test_twenty_tries_an_hour_from_one_place() -> None:
    here = site(limits=True)
    answers = []
    for number in range(5):
        here.come(subject=f"subject-{number}")
        code = here.code(f"dana{number}@example.com")
        answers += [here.post("/signup/code", code=wrong(code)).status_code for _ in range(5)]

    assert answers == [403] * 20 + [429] * 5
