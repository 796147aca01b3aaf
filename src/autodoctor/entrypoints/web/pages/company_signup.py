"""A company signs up, with an account for its first owner."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Flask, flash, redirect, render_template, request, session
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import SIGN_UP
from autodoctor.application.access.corporate import APPLY
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.application.corporate.applying import (
    apply_again,
    register,
    sign_up_company,
    standing,
)
from autodoctor.application.corporate.company_details import company_mistakes, details_of
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.company_form import (
    DEFAULTS,
    NAMES,
    company_form,
    details_of_form,
    values_of,
)
from autodoctor.entrypoints.web.pages.forms import form_view, typed
from autodoctor.entrypoints.web.pages.sign_up_form import AGREEMENTS, given
from autodoctor.entrypoints.web.pages.sign_up_form import mistakes as account_mistakes
from autodoctor.entrypoints.web.places import HOME

Page = str | tuple[str, int] | Response

ASKED: Final = (*NAMES, "password", *AGREEMENTS)

pages = Blueprint("company_signup", __name__, url_prefix="/corporate")


@pages.get("/signup")
@asks(SIGN_UP)
def sign_up() -> Page:
    actor = call().actor
    if actor is not None and actor.role is Role.CORPORATE:
        return redirect(HOME[Role.CORPORATE])
    return _sign_up(DEFAULTS)


def _sign_up(values: Mapping[str, str], errors: Mapping[str, str] | None = None) -> str:
    shown = {name: value for name, value in values.items() if name != "password"}
    return render_template(
        "corporate/sign_up.html", view=company_form(form_view(ASKED, shown, errors))
    )


@pages.post("/signup")
@asks(SIGN_UP)
def create() -> Page:
    here, values = call(), typed(NAMES + AGREEMENTS)
    password = request.form.get("password", "")
    errors = _mistakes(here, values, password)
    if errors:
        return _sign_up(values, errors), 422
    sign_up_company(here.ports, _account(values, password), details_of_form(values))
    session["signed_up"] = values["email"]
    return redirect("/corporate/signup/success", code=303)


def _mistakes(here: Call, values: Mapping[str, str], password: str) -> dict[str, str]:
    person = {**values, "full_name": values["contact_name"], "time_zone": "America/Toronto"}
    account = account_mistakes(here.ports, {**person, "language": "en"}, password=password)
    asked = {name: text for name, text in account.items() if name in ASKED}
    return company_mistakes(details_of_form(values)) | asked


def _account(values: Mapping[str, str], password: str) -> SignUp:
    return SignUp(
        email=values["email"],
        password=password,
        full_name=values["contact_name"],
        consents=given(values),
        phone=values["phone"],
    )


@pages.get("/signup/success")
@asks(SIGN_UP)
def signed_up() -> Page:
    here = call()
    mailbox = "/dev/mailbox" if here.web.config.mailbox else ""
    return render_template(
        "corporate/signed_up.html", email=session.get("signed_up", ""), mailbox=mailbox
    )


@pages.get("/register")
@asks(APPLY)
def details() -> Page:
    """For somebody whose account was there before the company, and to correct what was told."""
    here = call()
    if here.who.organization_id is None:
        known = {"email": here.person.email.text, "contact_name": here.person.name}
        return _register({**DEFAULTS, **known})
    return _register(values_of(details_of(standing(here.ports, actor=here.who).organization)))


def _register(values: Mapping[str, str], errors: Mapping[str, str] | None = None) -> str:
    view = company_form(form_view(NAMES, values, errors))
    return render_template("corporate/register.html", view=view)


@pages.post("/register")
@asks(APPLY)
def keep_details() -> Page:
    here, values = call(), typed(NAMES)
    told = details_of_form(values)
    errors = company_mistakes(told)
    if errors:
        return _register(values, errors), 422
    keep = register if here.who.organization_id is None else apply_again
    keep(here.ports, actor=here.who, details=told)
    flash("We have what you told us, and look at it.")
    return redirect("/corporate/status", code=303)


def limit(app: Flask, limiter: Limiter) -> None:
    """Mistakes in the form do not count."""
    guard(app, limiter, "company_signup.create", "signup", deduct_when=_redirected)


def _redirected(answer: Response) -> bool:
    return answer.status_code == 303
