"""The key of an installation is changed without anybody losing anything."""

import re
from datetime import timedelta

import attrs
import pyotp
import pytest
from flask.testing import FlaskClient

from autodoctor.adapters.totp.codes import PyotpCodes
from autodoctor.application.accounts.second_factor import begin_app, confirm_app, give_code
from autodoctor.application.accounts.sign_in import sign_in
from autodoctor.domain.accounts.login import Stage
from autodoctor.entrypoints.web.devices import COOKIE as DEVICE
from autodoctor.ports.identity import AuthenticatorUnreadable
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import EMAIL, PASSWORD, confirmed, logged_in, newcomer
from support.web import web_in

OLD, NEW = "o" * 32, "n" * 32


def browser(town: Town, *, key: str, old: tuple[str, ...] = ()) -> FlaskClient:
    app = web_in(town, alone=True, secret_key=key, old_secret_keys=old)
    return app.test_client()


def carried(before: FlaskClient, after: FlaskClient) -> FlaskClient:
    """The same browser, with its cookies, after a restart."""
    after._cookies = before._cookies
    return after


def form_token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(("old", "status"), [((OLD,), 303), ((), 400)])
def test_a_form_that_was_open_is_still_taken(old: tuple[str, ...], status: int) -> None:
    town = memory_town()
    newcomer(town)
    before = browser(town, key=OLD)
    token = form_token(before)

    after = carried(before, browser(town, key=NEW, old=old))
    sent = {"email": EMAIL, "password": PASSWORD, "csrf_token": token}

    assert after.post("/login", data=sent).status_code == status


def test_a_login_and_its_known_browser_stay() -> None:
    town = memory_town()
    newcomer(town)
    before = browser(town, key=OLD)
    right = {"email": EMAIL, "password": PASSWORD}
    before.post("/api/auth/login", json=right)

    after = carried(before, browser(town, key=NEW, old=(OLD,)))

    assert after.get("/api/customer/profile").status_code == 200
    stranger = after.application.test_client()
    for _ in range(12):
        stranger.post("/api/auth/login", json=right | {"password": "not the password"})
    assert stranger.post("/api/auth/login", json=right).status_code == 429
    assert after.post("/api/auth/login", json=right).status_code == 200
    assert after.get_cookie(DEVICE) is not None


def test_a_second_factor_stays_and_is_sealed_anew_when_it_is_used() -> None:
    town = memory_town()
    newcomer(town)
    before = attrs.evolve(town, ports=attrs.evolve(town.ports, codes=PyotpCodes(OLD)))
    who = confirmed(before.ports, logged_in(before))
    secret = begin_app(before.ports, present=who).secret.replace(" ", "")
    code = pyotp.TOTP(secret).at(town.clock.now())
    confirm_app(before.ports, present=who, code=code)

    after = attrs.evolve(town.ports, codes=PyotpCodes(NEW, OLD))
    town.clock.advance(timedelta(seconds=30))
    half = sign_in(after, email=EMAIL, password=PASSWORD, role=None, address="", agent="")
    inside = give_code(after, token=half.token, code=pyotp.TOTP(secret).at(town.clock.now()))

    assert inside.stage is Stage.COMPLETE
    (kept,) = town.kept.tables.totps.values()  # type: ignore[attr-defined]
    assert PyotpCodes(NEW).renewed(kept.secret)
    with pytest.raises(AuthenticatorUnreadable):
        PyotpCodes(OLD).renewed(kept.secret)
