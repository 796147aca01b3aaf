from types import SimpleNamespace
from uuid import uuid4

import pytest

from autodoctor.domain.accounts.consent import REQUIRED, ConsentKind
from autodoctor.entrypoints.web.pages.sign_up_form import (
    form_of,
    given,
    mistakes,
    sign_up_view,
    zone_options,
)
from support.seen import NOW

PORTS = SimpleNamespace(
    passwords=SimpleNamespace(common=frozenset({"password123"})),
    ids=SimpleNamespace(new=uuid4),
    now=lambda: NOW,
)
AGREED = {kind.value: "true" for kind in REQUIRED}
ROBIN = {
    "full_name": "Robin Newcomer",
    "email": "robin@example.com",
    "phone": "",
    "language": "en",
    "time_zone": "America/Vancouver",
    **AGREED,
}
PHRASE = "a quiet engine hums"


def wrong(password: str = PHRASE, **changes: str) -> set[str]:
    return set(mistakes(PORTS, ROBIN | changes, password=password))  # type: ignore[arg-type]


def test_a_complete_form_has_no_mistakes() -> None:
    assert wrong() == set()


def test_everything_that_is_wrong_is_told_at_once() -> None:
    nothing = dict.fromkeys(ROBIN, "")

    asked = {"full_name", "email", "password", "time_zone", "language"}
    assert wrong("", **nothing) == {*asked, *AGREED}


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "call me"), ("time_zone", "Mars/Olympus"), ("language", "tlh")],
)
def test_what_is_no_number_zone_or_language_is_refused(field: str, value: str) -> None:
    assert wrong(**{field: value}) == {field}


@pytest.mark.parametrize("password", ["short", "password123", "robin@example.com"])
def test_a_password_that_is_easy_to_guess_is_refused(password: str) -> None:
    assert wrong(password) == {"password"}


@pytest.mark.parametrize("kind", REQUIRED)
def test_each_agreement_is_asked_for_by_itself(kind: ConsentKind) -> None:
    assert wrong(**{kind.value: ""}) == {kind.value}


def test_news_are_only_for_those_who_ask_for_them() -> None:
    assert ConsentKind.MARKETING not in given(ROBIN)
    assert ConsentKind.MARKETING in given(ROBIN | {"marketing": "true"})


def test_a_refused_form_keeps_everything_but_the_password() -> None:
    view = sign_up_view(ROBIN | {"password": PHRASE}, {"email": "Enter an address."})

    assert view.form.values["full_name"] == "Robin Newcomer"
    assert view.form.values["password"] == ""
    assert [link.url for link in view.form.summary] == ["#email"]


def test_what_was_typed_becomes_a_sign_up() -> None:
    form = form_of(ROBIN, password=PHRASE)

    assert (form.email, form.time_zone) == ("robin@example.com", "America/Vancouver")
    assert form.consents == frozenset(REQUIRED)


def test_somebody_from_elsewhere_finds_their_own_zone_first() -> None:
    assert zone_options("Europe/Berlin")[0].label == "Europe/Berlin"
    assert len(zone_options("America/Toronto")) == len(zone_options("Mars/Olympus"))
