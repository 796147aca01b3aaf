"""Setting up a second factor: an authenticator app with its recovery codes, and passkeys.

Whoever has to have one before they are let in sees these pages half-way in.
"""

from typing import Final
from uuid import UUID

import attrs
from flask import Blueprint, Flask, flash, redirect, render_template, request
from flask_limiter import Limiter
from markupsafe import Markup
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import CHANGE_FACTOR, SET_UP_FACTOR
from autodoctor.application.accounts.passkeys import remove_passkey
from autodoctor.application.accounts.password import PASSWORD_REFUSED
from autodoctor.application.accounts.second_factor import (
    LastFactor,
    begin_app,
    confirm_app,
    new_recovery_codes,
    remove_app,
    set_up_done,
)
from autodoctor.application.accounts.sign_in import Present
from autodoctor.domain.accounts.factor import CodeWrong, SecondFactorUnknown
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.shared.errors import Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.forms import attempt, form_status, form_view, typed
from autodoctor.entrypoints.web.pages.logins import gone_on
from autodoctor.entrypoints.web.pages.security import HERE
from autodoctor.entrypoints.web.pages.standing_words import why_not

CODE: Final = ("code",)
NOT_NOW: Final = (*PASSWORD_REFUSED, LastFactor)
Page = str | tuple[str, int] | Response

pages = Blueprint("second_factor", __name__)


@attrs.frozen
class Question:
    title: str
    text: str
    button: str


REMOVE_APP: Final = Question(
    "Remove the authenticator app", "Its codes do not work here any more.", "Remove it"
)
REMOVE_PASSKEY: Final = Question(
    "Remove the passkey", "It does not open your account any more.", "Remove it"
)
NEW_CODES: Final = Question(
    "New recovery codes", "The ones you have do not work any more.", "Make new ones"
)


def _who() -> Present:
    return call().setting_up(Stage.SET_UP)


@pages.get("/account/second-factor")
@asks(SET_UP_FACTOR)
def set_up() -> Page:
    return _set_up({})


def _set_up(errors: dict[str, str]) -> str:
    told = begin_app(call().ports, present=_who())
    return render_template(
        "accounts/second_factor.html",
        form=form_view(CODE, {}, errors),
        secret=told.secret,
        picture=Markup(told.picture),  # noqa: S704 - drawn by segno from our own address
        half_way=not _who().login.complete,
    )


@pages.post("/account/second-factor")
@asks(SET_UP_FACTOR)
def confirm() -> Page:
    here, code = call(), typed(CODE)["code"]
    codes = attempt(lambda: confirm_app(here.ports, present=_who(), code=code), CodeWrong)
    if isinstance(codes, CodeWrong):
        return _set_up({"code": codes.title}), 422
    return render_template("accounts/recovery_codes.html", codes=codes)


@pages.post("/account/second-factor/done")
@asks(SET_UP_FACTOR)
def done() -> Page:
    """On to what is next, after the codes were seen."""
    here = call()
    if _who().login.complete:
        return redirect(f"{HERE}#second-factor", code=303)
    return gone_on(here, set_up_done(here.ports, token=here.token))


@pages.errorhandler(SecondFactorUnknown)
def begin_anew(_refusal: SecondFactorUnknown) -> Page:
    return redirect(f"{HERE}#second-factor", code=303)


@pages.get("/account/second-factor/remove")
@asks(CHANGE_FACTOR)
def ask_remove() -> Page:
    return _confirm(REMOVE_APP, request.path)


@pages.post("/account/second-factor/remove")
@asks(CHANGE_FACTOR)
def remove() -> Page:
    here = call()
    gone = attempt(
        lambda: remove_app(here.ports, present=here.inside, password=_password()), *NOT_NOW
    )
    return _removed(gone, REMOVE_APP, "The authenticator app is removed.")


@pages.get("/account/passkeys/<uuid:passkey_id>/remove")
@asks(CHANGE_FACTOR)
def ask_remove_passkey(passkey_id: UUID) -> Page:
    return _confirm(REMOVE_PASSKEY, f"/account/passkeys/{passkey_id}/remove")


@pages.post("/account/passkeys/<uuid:passkey_id>/remove")
@asks(CHANGE_FACTOR)
def remove_one(passkey_id: UUID) -> Page:
    here = call()
    gone = attempt(
        lambda: remove_passkey(
            here.ports, present=here.inside, passkey_id=passkey_id, password=_password()
        ),
        *NOT_NOW,
    )
    return _removed(gone, REMOVE_PASSKEY, "The passkey is removed.")


@pages.get("/account/second-factor/codes")
@asks(CHANGE_FACTOR)
def ask_codes() -> Page:
    return _confirm(NEW_CODES, request.path)


@pages.post("/account/second-factor/codes")
@asks(CHANGE_FACTOR)
def new_codes() -> Page:
    here = call()
    codes = attempt(
        lambda: new_recovery_codes(here.ports, present=here.inside, password=_password()),
        *PASSWORD_REFUSED,
    )
    if isinstance(codes, Refusal):
        return _refused(NEW_CODES, codes)
    return render_template("accounts/recovery_codes.html", codes=codes)


def _password() -> str:
    return request.form.get("password", "")


def _confirm(question: Question, action: str, refusal: Refusal | None = None) -> str:
    """Asks for the password, for what weakens the account. Raises NotSignedIn."""
    errors = {"password": why_not(refusal, call())} if refusal else {}
    return render_template(
        "accounts/confirm_factor.html",
        person=call().person.email.text,
        question=question,
        action=action,
        form=form_view(("password",), {}, errors),
    )


def _refused(question: Question, refusal: Refusal) -> Page:
    return _confirm(question, request.path, refusal), form_status(refusal)


def _removed(outcome: object, question: Question, message: str) -> Page:
    if isinstance(outcome, Refusal):
        return _refused(question, outcome)
    flash(message)
    return redirect(f"{HERE}#second-factor", code=303)


def limit(app: Flask, limiter: Limiter) -> None:
    guard(app, limiter, "second_factor.confirm", "api")
