"""The sign-up form: what it asks, what is wrong with an answer, what it becomes."""

from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.application.accounts.profile import (
    check_language,
    check_phone,
    check_zone,
    known_zones,
)
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.domain.accounts.account import check_name, check_password
from autodoctor.domain.accounts.consent import ConsentKind, give
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, wrong_with
from autodoctor.entrypoints.web.parts import Option
from autodoctor.ports.bundle import Ports

TEXTS: Final = ("full_name", "email", "phone", "language", "time_zone")
AGREEMENTS: Final = tuple(kind.value for kind in ConsentKind)
NAMES: Final = (*TEXTS, "password", *AGREEMENTS)
DEFAULTS: Final = {"language": "en", "time_zone": "America/Toronto"}
"""Passwords are asked for again; everything else stays in the form."""

LANGUAGES: Final = (Option("en", "English"), Option("fr", "Français"))
_ZONES: Final = (
    ("America/St_Johns", "Newfoundland"),
    ("America/Halifax", "Atlantic"),
    ("America/Toronto", "Eastern"),
    ("America/Winnipeg", "Central"),
    ("America/Regina", "Saskatchewan"),
    ("America/Edmonton", "Mountain"),
    ("America/Vancouver", "Pacific"),
    ("America/Whitehorse", "Yukon"),
    ("America/New_York", "United States, Eastern"),
    ("America/Chicago", "United States, Central"),
    ("America/Denver", "United States, Mountain"),
    ("America/Los_Angeles", "United States, Pacific"),
)


def zone_options(current: str) -> tuple[Option, ...]:
    """Canada's zones and the neighbour's; somebody elsewhere finds their own first."""
    known = {name for name, _ in _ZONES}
    own = () if current in known or current not in known_zones() else (current,)
    elsewhere = tuple(Option(name, name.replace("_", " ")) for name in own)
    return elsewhere + tuple(Option(name, label) for name, label in _ZONES)


@attrs.frozen
class SignUpView:
    """`link` is the token of the one that was mailed to the address, for an account of one's own;
    empty for an address that is still to be confirmed."""

    form: FormView
    zones: tuple[Option, ...]
    languages: tuple[Option, ...] = LANGUAGES
    plan: str = ""
    link: str = ""


def sign_up_view(
    values: Mapping[str, str] = DEFAULTS,
    errors: Mapping[str, str] | None = None,
    *,
    plan: str = "",
    link: str = "",
) -> SignUpView:
    shown = {name: value for name, value in values.items() if name != "password"}
    form = form_view(NAMES, shown, errors)
    return SignUpView(form, zone_options(shown.get("time_zone", "")), plan=plan, link=link)


def mistakes(ports: Ports, values: Mapping[str, str], *, password: str) -> dict[str, str]:
    """Everything that is wrong at once, by field, in the order of the form."""
    found = wrong_with(lambda: check_name(values["full_name"]))
    email = attempt(lambda: EmailAddress.parse(values["email"]), InvalidField)
    if isinstance(email, InvalidField):
        found[email.field] = email.reason
        email = EmailAddress("")
    address = email
    found |= wrong_with(
        lambda: check_password(password, common=ports.passwords.common, email=address)
    )
    found |= wrong_with(lambda: check_phone(values["phone"]))
    found |= wrong_with(lambda: check_zone(values["time_zone"]))
    found |= wrong_with(lambda: check_language(values["language"]))
    return found | agreements_missing(ports, values)


def agreements_missing(ports: Ports, values: Mapping[str, str]) -> dict[str, str]:
    """What is not ticked and has to be, by field."""
    return _consents_missing(ports, given(values))


def _consents_missing(ports: Ports, kinds: frozenset[ConsentKind]) -> dict[str, str]:
    account_id = AccountId(ports.ids.new())
    wrong = wrong_with(lambda: give(account_id=account_id, kinds=kinds, at=ports.now()))
    if not wrong:
        return {}
    return wrong | _consents_missing(ports, kinds | frozenset(map(ConsentKind, wrong)))


def given(values: Mapping[str, str]) -> frozenset[ConsentKind]:
    """The agreements that are ticked."""
    return frozenset(kind for kind in ConsentKind if values.get(kind.value))


def form_of(values: Mapping[str, str], *, password: str) -> SignUp:
    return SignUp(
        email=values["email"],
        password=password,
        full_name=values["full_name"],
        consents=given(values),
        phone=values["phone"],
        language=values["language"],
        time_zone=values["time_zone"],
    )
