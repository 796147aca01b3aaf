"""People of every kind: the lists, one with everything about them, and what staff do."""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import HATS, PEOPLE, STANDING, SUPPORT
from autodoctor.application.accounts import standing, support
from autodoctor.application.accounts.people import people, person
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Conflict, InvalidField, Refusal
from autodoctor.domain.shared.ids import AccountId, MechanicId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import asked, attempt, typed
from autodoctor.entrypoints.web.pages.numbered import turn_of
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.people_list import NAMES, filter_of, people_view
from autodoctor.entrypoints.web.pages.person_deeds import DEEDS, LABELS, ROLES
from autodoctor.entrypoints.web.pages.person_view import person_view

Page = str | tuple[str, int] | Response
Values = Mapping[str, str]

pages = Blueprint("admin_people", __name__, url_prefix="/admin")


@pages.get("/users")
@asks(PEOPLE)
def everybody() -> str:
    return _listed("Everybody", "/admin/users")


@pages.get("/customers")
@asks(PEOPLE)
def customers() -> str:
    return _listed("Customers", "/admin/customers", role=Role.CUSTOMER)


def _listed(title: str, path: str, *, role: Role | None = None) -> str:
    here, turn = call(), turn_of(request.args)
    values = asked(NAMES)
    values |= {"role": role.value} if role else {}
    which = filter_of(values, turn, here.ports.now())
    found = people(here.ports, actor=here.who, which=which)
    view = people_view(found, values, turn, when(here), title=title, path=path)
    return render_template("admin/people.html", view=view)


@pages.get("/users/<uuid:account_id>")
@asks(PEOPLE)
def one(account_id: UUID) -> str:
    return _page(call(), AccountId(account_id))


def _page(
    here: Call,
    account_id: AccountId,
    *,
    tried: str = "",
    values: Values | None = None,
    errors: Values | None = None,
) -> str:
    found = person(here.ports, actor=here.who, account_id=account_id)
    view = person_view(found, when(here), tried=tried, values=values or {}, errors=errors or {})
    return render_template("admin/person.html", view=view)


def _days(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise InvalidField("days", "A whole number of days, or nothing.")
    return int(text)


def _tenths(text: str) -> int:
    try:
        return round(float(text.replace(",", ".")) * 10)
    except (ValueError, OverflowError):
        raise InvalidField("rating", "A number such as 4.5.") from None


def _roles() -> frozenset[Role]:
    chosen = set(request.form.getlist("roles"))
    return frozenset(role for role in ROLES if role.value in chosen)


Step = Callable[[Call, AccountId, Values], object]

STEPS: Final[dict[str, Step]] = {
    "suspend": lambda here, key, said: standing.suspend(
        here.ports,
        actor=here.who,
        account_id=key,
        reason=said["reason"],
        days=_days(said["days"]),
    ),
    "ban": lambda here, key, said: standing.ban(
        here.ports, actor=here.who, account_id=key, reason=said["reason"]
    ),
    "reinstate": lambda here, key, said: standing.reinstate(
        here.ports, actor=here.who, account_id=key, reason=said["reason"]
    ),
    "roles": lambda here, key, said: standing.change_roles(
        here.ports, actor=here.who, account_id=key, roles=_roles(), reason=said["reason"]
    ),
    "verify-email": lambda here, key, said: support.verify_email(
        here.ports, actor=here.who, account_id=key, reason=said["reason"]
    ),
    "reset-password": lambda here, key, said: support.mail_reset(
        here.ports, actor=here.who, account_id=key, reason=said["reason"]
    ),
    "note": lambda here, key, said: support.add_note(
        here.ports, actor=here.who, account_id=key, text=said["text"]
    ),
    "write": lambda here, key, said: support.write_to(
        here.ports,
        actor=here.who,
        account_id=key,
        subject=said["subject"],
        message=said["message"],
    ),
    "free-session": lambda here, key, said: support.grant_free_session(
        here.ports, actor=here.who, account_id=key, reason=said["reason"]
    ),
    "rating": lambda here, key, said: support.correct_rating(
        here.ports,
        actor=here.who,
        mechanic_id=MechanicId(key),
        tenths=_tenths(said["rating"]),
        reason=said["reason"],
    ),
}


@pages.post("/users/<uuid:account_id>/<any(suspend, ban, reinstate):deed>")
@asks(STANDING)
def put_out(account_id: UUID, deed: str) -> Page:
    return _do(AccountId(account_id), deed)


@pages.post("/users/<uuid:account_id>/roles")
@asks(HATS)
def change_roles(account_id: UUID) -> Page:
    return _do(AccountId(account_id), "roles")


HELPING: Final = "any(note, write, 'verify-email', 'reset-password', 'free-session', rating)"


@pages.post(f"/users/<uuid:account_id>/<{HELPING}:deed>")
@asks(SUPPORT)
def help_them(account_id: UUID, deed: str) -> Page:
    return _do(AccountId(account_id), deed)


def _do(account_id: AccountId, name: str) -> Page:
    """What is wrong stands at its field, what cannot be done at the last one."""
    here, deed, values = call(), DEEDS[name], typed((*LABELS, "confirm"))
    if deed.word and values["confirm"].lower() != deed.word:
        errors = {"confirm": f"Type the word “{deed.word}”."}
        return _page(here, account_id, tried=name, values=values, errors=errors), 422
    done = attempt(lambda: STEPS[name](here, account_id, values), InvalidField, Conflict)
    if isinstance(done, Refusal):
        errors, status = _wrong(done, last=deed.fields[-1])
        return _page(here, account_id, tried=name, values=values, errors=errors), status
    flash(deed.said)
    return redirect(f"/admin/users/{account_id}", code=303)


def _wrong(refusal: Refusal, *, last: str) -> tuple[dict[str, str], int]:
    if isinstance(refusal, InvalidField):
        return {refusal.field: refusal.reason}, 422
    return {last: refusal.title}, 409
