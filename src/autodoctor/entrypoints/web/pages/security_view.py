"""What stands on the security page."""

import re
from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.application.accounts.logins import logins
from autodoctor.application.accounts.providers import linked_providers
from autodoctor.application.accounts.second_factor import factors
from autodoctor.domain.accounts.factor import Passkey
from autodoctor.domain.accounts.login import Login
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.forms import FormView, form_view
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When

FIELDS: Final = ("old", "password", "email", "address_password", "factor_password")

_BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@attrs.frozen
class LoginLine:
    """`end_url` is empty for the login that looks."""

    device: str
    role: str
    where: str
    used: str
    began: str
    end_url: str


@attrs.frozen
class PasskeyLine:
    name: str
    used: str
    remove_url: str


@attrs.frozen
class ProviderLine:
    label: str
    linked: bool
    link_url: str
    unlink_url: str
    role: str


@attrs.frozen
class FactorView:
    """What somebody has; `required` means that the last one has to stay."""

    app: bool
    passkeys: tuple[PasskeyLine, ...]
    codes_left: str
    required: bool
    any: bool


@attrs.frozen
class SecurityView:
    form: FormView
    email: str
    has_password: bool
    logins: tuple[LoginLine, ...]
    others: bool
    factor: FactorView
    providers: tuple[ProviderLine, ...]


def security_view(here: Call, values: Mapping[str, str], errors: Mapping[str, str]) -> SecurityView:
    present, told = here.inside, when(here)
    mine = logins(here.ports, present=present)
    return SecurityView(
        form=form_view(FIELDS, values, errors),
        email=here.person.email.text,
        has_password=bool(here.person.password_hash),
        logins=tuple(login_line(each, told, this=each.id == present.login.id) for each in mine),
        others=len(mine) > 1,
        factor=_factor(here, told),
        providers=_providers(here),
    )


def login_line(login: Login, when: When, *, this: bool) -> LoginLine:
    return LoginLine(
        device=device(login.agent),
        role=login.role.value.capitalize(),
        where=login.address or "unknown",
        used="This device, now" if this else f"Last used {when.ago(login.seen_at)}",
        began=f"Since {when.within(login.created_at)}",
        end_url="" if this else f"/account/logins/{login.id}/end",
    )


def device(agent: str) -> str:
    """Firefox on Windows; a program by its own first word."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser:
        return f"{browser} on {system}" if system else browser
    return re.split(r"[/\s]", agent, maxsplit=1)[0][:40] or "Unknown device"


def _factor(here: Call, when: When) -> FactorView:
    has = factors(here.ports, present=here.inside)
    return FactorView(
        app=has.app,
        passkeys=tuple(_passkey(each, when) for each in has.passkeys),
        codes_left=str(has.codes_left),
        required=has.required,
        any=has.any,
    )


def _passkey(passkey: Passkey, when: When) -> PasskeyLine:
    used = f"last used {when.ago(passkey.used_at)}" if passkey.used_at else "not used yet"
    added = when.within(passkey.created_at)
    return PasskeyLine(
        passkey.name, f"Added {added}, {used}", f"/account/passkeys/{passkey.id}/remove"
    )


def _providers(here: Call) -> tuple[ProviderLine, ...]:
    linked, role = linked_providers(here.ports, present=here.inside), here.who.role.value
    return tuple(
        ProviderLine(
            one.label, one.slug in linked, f"/auth/{one.slug}", f"/auth/{one.slug}/unlink", role
        )
        for one in here.ports.providers.offered()
    )
