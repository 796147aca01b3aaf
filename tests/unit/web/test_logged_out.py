"""Whoever comes back to a browser whose login has ended reads why they have to log in."""

import pytest
from flask.testing import FlaskClient

from autodoctor.application.accounts.logins import end_other_logins
from autodoctor.entrypoints.web.call import COOKIE
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import logged_in, newcomer, present
from support.web import web_in

TOLD = "You were logged out"


@pytest.fixture
def town() -> Town:
    town = memory_town()
    newcomer(town)
    return town


@pytest.fixture
def browser(town: Town) -> FlaskClient:
    return web_in(town).test_client()


def test_a_login_that_was_ended_elsewhere_is_told_so(town: Town, browser: FlaskClient) -> None:
    token, other = logged_in(town), logged_in(town)
    browser.set_cookie(COOKIE, token)
    end_other_logins(town.ports, present=present(town.ports, other))

    answer = browser.get("/customer/dashboard", follow_redirects=True)

    assert answer.request.path == "/login"
    assert TOLD in answer.text


def test_a_visitor_was_not_logged_out(browser: FlaskClient) -> None:
    assert TOLD not in browser.get("/login").text
