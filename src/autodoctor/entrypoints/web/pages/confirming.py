"""Showing once more that it is you, before a way to log in is added."""

from typing import Final

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import SECURITY
from autodoctor.application.accounts.code_guessing import TooManyWrongCodes
from autodoctor.application.accounts.confirming import confirm
from autodoctor.application.accounts.password import PASSWORD_REFUSED
from autodoctor.application.accounts.second_factor import factors
from autodoctor.domain.accounts.factor import CodeWrong
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.forms import attempt, form_status, form_view, typed
from autodoctor.entrypoints.web.pages.leading import local_path
from autodoctor.entrypoints.web.pages.security import HERE
from autodoctor.entrypoints.web.pages.standing_words import why_not
from autodoctor.entrypoints.web.places import CONFIRM
from autodoctor.ports.identity import AuthenticatorUnreadable

ASKED: Final = ("password", "code")
Page = str | tuple[str, int] | Response

pages = Blueprint("confirming", __name__)


@pages.get(CONFIRM)
@asks(SECURITY)
def ask() -> Page:
    return _page(local_path(request.args.get("next", "")))


def _page(following: str, errors: dict[str, str] | None = None) -> str:
    here = call()
    return render_template(
        "accounts/confirm_yourself.html",
        person=here.person.email.text,
        has_password=bool(here.person.password_hash),
        has_codes=factors(here.ports, present=here.inside).codes_left > 0,
        form=form_view(ASKED, {}, errors),
        next=following,
        back=HERE,
    )


@pages.post(CONFIRM)
@asks(SECURITY)
def confirmed() -> Page:
    here, code = call(), typed(ASKED)["code"]
    following, password = local_path(request.form.get("next", "")), request.form.get("password", "")
    done = attempt(
        lambda: confirm(here.ports, present=here.inside, password=password, code=code),
        InvalidField,
        *PASSWORD_REFUSED,
        TooManyWrongCodes,
        CodeWrong,
        AuthenticatorUnreadable,
    )
    if isinstance(done, Refusal):
        field = "password" if isinstance(done, (InvalidField, *PASSWORD_REFUSED)) else "code"
        why = done.reason if isinstance(done, InvalidField) else why_not(done, here)
        return _page(following, {field: why}), form_status(done)
    return redirect(following or HERE, code=303)
