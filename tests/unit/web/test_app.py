"""The application as a whole, without a database behind it."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from autodoctor.entrypoints.web.call import COOKIE
from support.web import web_over


class DatabaseAway(RuntimeError):
    """Nobody can be asked for anything."""


class Away:
    """Transactions of a database that does not answer."""

    def __call__(self, _actor: object) -> Any:
        raise DatabaseAway

    def again(self, work: Callable[[], Any]) -> Any:
        return work()


PORTS = SimpleNamespace(
    transactions=Away(),
    now=lambda: datetime(2026, 3, 12, tzinfo=UTC),
    passwords=None,
    from_origin=lambda _origin: PORTS,
)


def app(**config: Any) -> Flask:
    return web_over(PORTS, **config)  # type: ignore[arg-type]


@pytest.fixture
def visitor() -> FlaskClient:
    return app().test_client()


def test_a_broken_page_is_told_to_somebody_whom_we_cannot_recognise(visitor: FlaskClient) -> None:
    visitor.set_cookie(COOKIE, "a login nobody can look up")

    answer = visitor.get("/customer/dashboard")

    assert answer.status_code == 500
    assert "Something broke on our side." in answer.text
    assert answer.headers["X-Correlation-Id"] in answer.text


@pytest.mark.parametrize(
    ("path", "door"),
    [
        ("/customer/profile", "/login"),
        ("/mechanic/dashboard", "/mechanic/login"),
        ("/admin/dashboard", "/admin/login"),
    ],
)
def test_who_is_not_logged_in_is_led_to_their_door_and_back(
    path: str, door: str, visitor: FlaskClient
) -> None:
    answer = visitor.get(f"{path}?a=1&b=2")

    assert answer.location == f"{door}?next={path}%3Fa%3D1%26b%3D2"


@pytest.mark.parametrize(
    ("stood_on", "following"),
    [
        ("http://localhost/chat/1?x=1", "?next=/chat/1%3Fx%3D1"),
        ("http://elsewhere.example/chat/1", ""),
        ("", ""),
    ],
)
def test_a_form_sent_after_the_login_ended_leads_back_to_its_page(
    stood_on: str, following: str
) -> None:
    site = app(alone=True)
    site.config["WTF_CSRF_ENABLED"] = False

    answer = site.test_client().post("/customer/profile", headers={"Referer": stood_on})

    assert urlsplit(answer.location)._replace(scheme="", netloc="").geturl() == f"/login{following}"


def test_a_form_without_its_token_changes_nothing(visitor: FlaskClient) -> None:
    assert visitor.post("/logout").status_code == 400


@pytest.mark.parametrize(
    ("sandbox_url", "origin"),
    [
        ("http://127.0.0.1:8104", "http://localhost:8104"),
        ("", "https://checkout.stripe.com https://connect.stripe.com"),
    ],
)
def test_forms_may_lead_on_to_the_pages_of_the_payment_provider_and_nowhere_else(
    sandbox_url: str, origin: str
) -> None:
    answer = app(sandbox_url=sandbox_url).test_client().get("/login")

    assert f"form-action 'self' {origin};" in answer.headers["Content-Security-Policy"]
