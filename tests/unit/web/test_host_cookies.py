from typing import Any

import pytest
from werkzeug.http import dump_cookie
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from autodoctor.entrypoints.web.host_cookies import HostCookies, plain_names
from autodoctor.testing.ports import a_customer, memory_town
from support.web import logged_in, web_in


def app(environ: Any, start: Any) -> Any:
    answer = Response(Request(environ).cookies.get("autodoctor_login", "nothing"))
    answer.headers.add("Set-Cookie", dump_cookie("autodoctor_login", "new", path="/"))
    answer.headers.add("Set-Cookie", dump_cookie("other", "new", path="/"))
    return answer(environ, start)


@pytest.fixture
def browser() -> Client:
    return Client(HostCookies(app), use_cookies=False)


def test_cookies_are_sent_under_the_prefix(browser: Client) -> None:
    cookies = browser.get("/").headers.getlist("Set-Cookie")

    assert cookies == ["__Host-autodoctor_login=new; Path=/; Secure", "other=new; Path=/"]


@pytest.mark.parametrize(
    ("sent", "counts"),
    [
        ("__Host-autodoctor_login=good", "good"),
        ("autodoctor_login=planted", "nothing"),
        ("autodoctor_login=planted; __Host-autodoctor_login=good", "good"),
        ("__Host-autodoctor_login=good; autodoctor_login=planted", "good"),
        (" autodoctor_login=planted", "nothing"),
    ],
)
def test_a_cookie_without_the_prefix_counts_for_nothing(
    browser: Client, sent: str, counts: str
) -> None:
    assert browser.get("/", headers={"Cookie": sent}).text == counts


def test_other_peoples_cookies_stay() -> None:
    assert plain_names("a=1; __Host-b=2") == "a=1; __Host-b=2"


@pytest.mark.parametrize(("production", "prefix"), [(False, ""), (True, "__Host-")])
def test_production_sends_every_cookie_as_the_prefix_demands(production: bool, prefix: str) -> None:
    town = memory_town()
    site = web_in(town, production=production, public_url="https://localhost", alone=True)
    form = site.test_client().get("/login").headers.getlist("Set-Cookie")
    person = logged_in(site, town, a_customer(town.ports))
    left = person.post("/api/auth/logout").headers.getlist("Set-Cookie")

    for cookie in form + left:
        assert cookie.startswith(f"{prefix}autodoctor_")
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert ("Secure" in cookie) == production
    assert form
