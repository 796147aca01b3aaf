"""Integrations of a company: its API keys."""

from typing import Final
from uuid import UUID

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.api_keys import KEYS, MAKE_KEYS
from autodoctor.application.corporate.api_keys import (
    ListedKey,
    NewKey,
    keys,
    make_key,
    revoke_key,
)
from autodoctor.domain.corporate.api_key import DAYS_MAX, Scope
from autodoctor.domain.shared.errors import Conflict, InvalidField, Refusal
from autodoctor.domain.shared.ids import ApiKeyId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.api.corporate_keys import status
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Option
from autodoctor.entrypoints.web.views import Tone

Page = str | tuple[str, int] | Response

pages = Blueprint("company_keys", __name__, url_prefix="/corporate/integrations")

NAMES: Final = ("name", "scope", "days")
SCOPES: Final = (
    Option(Scope.READ.value, "Read", hint="It sees employees and what was booked."),
    Option(Scope.MANAGE.value, "Manage", hint="It also invites, changes and lets go employees."),
)
LASTS: Final = (
    Option("30", "30 days"),
    Option("90", "90 days"),
    Option("365", "A year"),
    Option("", "Until it is revoked"),
)
STATUS: Final = {
    "active": ("Active", Tone.OK),
    "expired": ("Expired", Tone.NEUTRAL),
    "revoked": ("Revoked", Tone.NEUTRAL),
}


@attrs.frozen(kw_only=True)
class KeyLine:
    id: str
    name: str
    shown: str
    note: str
    state: str
    tone: Tone
    active: bool


@attrs.frozen(kw_only=True)
class KeysView:
    """`made` is a new key, shown this once; `example` a command that uses it."""

    keys: tuple[KeyLine, ...]
    form: FormView
    made: str
    example: str
    scopes: tuple[Option, ...] = SCOPES
    lasts: tuple[Option, ...] = LASTS


@pages.get("")
@asks(KEYS)
def show() -> Page:
    return _shown(call(), form_view(NAMES, {"scope": Scope.READ.value, "days": "90"}))


def _shown(here: Call, form: FormView, made: NewKey | None = None) -> str:
    lines = tuple(_line(each, when(here)) for each in keys(here.ports, actor=here.who))
    site = here.ports.rules.public_url
    told = made.text if made else "ad_…"
    example = f'curl -H "Authorization: Bearer {told}" {site}/api/corporate/employees'
    view = KeysView(keys=lines, form=form, made=made.text if made else "", example=example)
    return render_template("corporate/integrations.html", view=view)


def _line(found: ListedKey, when: When) -> KeyLine:
    key = found.key
    state, tone = STATUS[status(key, at=when.now)]
    used = f"last used {when.ago(key.used_at)}" if key.used_at else "never used"
    ends = f", until {when.within(key.expires_at)}" if key.expires_at else ""
    return KeyLine(
        id=str(key.id),
        name=key.name,
        shown=f"ad_{key.prefix}_…",
        note=f"{key.scope.value.capitalize()}s{ends} · created by {found.made_by}, "
        f"{when.day(key.created_at).lower()} · {used}",
        state=state,
        tone=tone,
        active=key.alive(at=when.now),
    )


@pages.post("/keys")
@asks(MAKE_KEYS)
def make() -> Page:
    """The key is in this answer and nowhere else: there is nothing to lead on to."""
    here, values = call(), typed(NAMES)
    made = attempt(lambda: _made(here, values), *(InvalidField, Conflict))
    if isinstance(made, InvalidField):
        return _shown(here, form_view(NAMES, values, {made.field: made.reason})), 422
    if isinstance(made, Refusal):
        return _shown(here, form_view(NAMES, values, {"name": made.title})), 409
    return _shown(here, form_view(NAMES), made), 201


def _made(here: Call, values: dict[str, str]) -> NewKey:
    scope, days = values["scope"] or Scope.READ.value, values["days"]
    if scope not in set(Scope):
        raise InvalidField("scope", "Choose what the key may do.")
    if days and not (days.isascii() and days.isdigit() and len(days) <= len(str(DAYS_MAX))):
        raise InvalidField("days", "Choose how long it lasts.")
    return make_key(
        here.ports,
        actor=here.who,
        name=values["name"],
        scope=Scope(scope),
        days=int(days) if days else None,
    )


@pages.post("/keys/<uuid:key_id>/revoke")
@asks(MAKE_KEYS)
def revoke(key_id: UUID) -> Page:
    here = call()
    revoke_key(here.ports, actor=here.who, key_id=ApiKeyId(key_id))
    flash("The key opens nothing any more.")
    return redirect("/corporate/integrations", code=303)
