"""Closing one's account."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, session
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import CLOSE
from autodoctor.application.accounts.closing import AdminsStay, SessionUnderWay, close_account
from autodoctor.application.accounts.password import PASSWORD_REFUSED
from autodoctor.domain.shared.errors import Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.api.logins import without_cookie
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.forms import attempt, form_status, form_view
from autodoctor.entrypoints.web.pages.standing_words import why_not

FIELDS: Final = ("password",)
Page = str | tuple[str, int] | Response

pages = Blueprint("closing", __name__)


@pages.get("/account/close")
@asks(CLOSE)
def ask() -> Page:
    return _page({})


def _page(errors: dict[str, str]) -> str:
    has_password = bool(call().person.password_hash)
    form = form_view(FIELDS, {}, errors)
    return render_template("accounts/close.html", form=form, has_password=has_password)


@pages.post("/account/close")
@asks(CLOSE)
def close() -> Page:
    here, password = call(), request.form.get("password", "")
    done = attempt(
        lambda: close_account(here.ports, present=here.inside, password=password),
        *PASSWORD_REFUSED,
        SessionUnderWay,
        AdminsStay,
    )
    if isinstance(done, Refusal):
        return _page({"password": why_not(done, here)}), form_status(done)
    session.clear()
    flash("Your account is closed. Drive safely.")
    return without_cookie(redirect("/", code=303))  # type: ignore[arg-type]
