"""A forgotten password: asking for a link, and setting a new one."""

from typing import Final

from flask import Blueprint, Flask, flash, redirect, render_template, request
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import RECOVER
from autodoctor.application.accounts.password import (
    ResetLinkInvalid,
    ask_reset,
    reset_link_works,
    reset_password,
)
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.doors import DOORS
from autodoctor.entrypoints.web.pages.forms import attempt, form_view, typed

ASKING: Final = ("email",)
SETTING: Final = ("password",)
Page = str | tuple[str, int] | Response

pages = Blueprint("forgotten", __name__)


@pages.get("/forgot")
@asks(RECOVER)
def forgot() -> Page:
    return render_template("accounts/forgot.html", form=form_view(ASKING), sent=False, mailbox="")


@pages.post("/forgot")
@asks(RECOVER)
def send_link() -> Page:
    """The same page whether or not somebody has this address."""
    here, values = call(), typed(ASKING)
    asked = attempt(lambda: ask_reset(here.ports, email=values["email"]), InvalidField)
    errors = {asked.field: asked.reason} if isinstance(asked, InvalidField) else {}
    shown = {
        "form": form_view(ASKING, values, errors),
        "sent": not errors,
        "mailbox": "/dev/mailbox" if here.web.config.mailbox else "",
    }
    return render_template("accounts/forgot.html", **shown), 422 if errors else 200


@pages.get("/reset")
@asks(RECOVER)
def reset() -> Page:
    token = request.args.get("token", "")
    if not reset_link_works(call().ports, token=token):
        raise ResetLinkInvalid()
    return _reset(token, {})


def _reset(token: str, errors: dict[str, str]) -> str:
    form = form_view(SETTING, {}, errors)
    return render_template("accounts/reset.html", token=token, form=form)


@pages.post("/reset")
@asks(RECOVER)
def set_password() -> Page:
    token, password = request.form.get("token", ""), request.form.get("password", "")
    done = attempt(
        lambda: reset_password(call().ports, token=token, password=password), InvalidField
    )
    if isinstance(done, InvalidField):
        return _reset(token, {done.field: done.reason}), 422
    flash("Your new password is set. Log in with it.")
    return redirect(_door_of(done), code=303)


def _door_of(account: Account) -> str:
    return next(door.path for role, door in DOORS.items() if role in account.roles)


@pages.errorhandler(ResetLinkInvalid)
def link_invalid(_refusal: ResetLinkInvalid) -> Page:
    return _reset("", {}), 409


def limit(app: Flask, limiter: Limiter) -> None:
    """Setting costs an argon2."""
    guard(app, limiter, "forgotten.send_link", "mail")
    guard(app, limiter, "forgotten.set_password", "code")
