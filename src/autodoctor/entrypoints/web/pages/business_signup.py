"""The pages on which a business signs up, with an account for its first owner, and tells of itself
again: the same for a workshop and for a company."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, TypeVar

import attrs
from flask import Blueprint, Flask, flash, redirect, render_template, request, session
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import SIGN_UP
from autodoctor.application.access.may import Action
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.forms import FormView, form_view, typed
from autodoctor.entrypoints.web.pages.sign_up_form import AGREEMENTS, given
from autodoctor.entrypoints.web.pages.sign_up_form import mistakes as account_mistakes
from autodoctor.entrypoints.web.places import HOME
from autodoctor.entrypoints.web.sign_ups import keep_sign_up
from autodoctor.ports.bundle import Ports

Page = str | tuple[str, int] | Response
Values = Mapping[str, str]

Details = TypeVar("Details")
"""What a kind of business tells of itself."""

PASSWORD: Final = "password"


@attrs.frozen(kw_only=True)
class Newcomers(Generic[Details]):
    """A kind of business. `names` are the fields of its form, `known` what it told before, None
    for somebody who has not; `keep` hands in first or again. Templates stand in `folder`."""

    path: str
    folder: str
    role: Role
    apply: Action
    names: tuple[str, ...]
    defaults: Values
    view: Callable[[FormView], Any]
    details: Callable[[Values], Details]
    mistakes: Callable[[Details], dict[str, str]]
    sign_up: Callable[[Ports, SignUp, Details], AccountId]
    known: Callable[[Ports, Actor], Values | None]
    keep: Callable[[Ports, Actor, Details], object]

    @property
    def asked(self) -> tuple[str, ...]:
        return (*self.names, PASSWORD, *AGREEMENTS)


def signup_pages(name: str, kind: Newcomers[Any]) -> Blueprint:
    pages = Blueprint(name, __name__, url_prefix=kind.path)

    @pages.get("/signup")
    @asks(SIGN_UP)
    def sign_up() -> Page:
        actor = call().actor
        if actor is not None and actor.role is kind.role:
            return redirect(HOME[kind.role])
        return _sign_up(kind, kind.defaults)

    @pages.post("/signup")
    @asks(SIGN_UP)
    def create() -> Page:
        return _create(kind)

    @pages.get("/signup/success")
    @asks(SIGN_UP)
    def signed_up() -> Page:
        mailbox = "/dev/mailbox" if call().web.config.mailbox else ""
        email = session.get("signed_up", "")
        return render_template(f"{kind.folder}/signed_up.html", email=email, mailbox=mailbox)

    @pages.get("/register")
    @asks(kind.apply)
    def details() -> Page:
        return _details(kind)

    @pages.post("/register")
    @asks(kind.apply)
    def keep_details() -> Page:
        return _keep_details(kind)

    return pages


def limit_signup(app: Flask, limiter: Limiter, name: str) -> None:
    """Mistakes in the form do not count."""
    guard(app, limiter, f"{name}.create", "signup", deduct_when=_redirected)


def _redirected(answer: Response) -> bool:
    return answer.status_code == 303


def _sign_up(kind: Newcomers[Any], values: Values, errors: Values | None = None) -> str:
    shown = {name: value for name, value in values.items() if name != PASSWORD}
    view = kind.view(form_view(kind.asked, shown, errors))
    return render_template(f"{kind.folder}/sign_up.html", view=view)


def _create(kind: Newcomers[Any]) -> Page:
    here, values = call(), typed(kind.names + AGREEMENTS)
    password = request.form.get(PASSWORD, "")
    errors = _mistakes(kind, here, values, password)
    if errors:
        return _sign_up(kind, values, errors), 422
    keep_sign_up(kind.sign_up(here.ports, _account(values, password), kind.details(values)))
    session["signed_up"] = values["email"]
    return redirect(f"{kind.path}/signup/success", code=303)


def _mistakes(kind: Newcomers[Any], here: Call, values: Values, password: str) -> dict[str, str]:
    person = {**values, "full_name": values["contact_name"], "time_zone": "America/Toronto"}
    account = account_mistakes(here.ports, {**person, "language": "en"}, password=password)
    asked = {name: text for name, text in account.items() if name in kind.asked}
    return kind.mistakes(kind.details(values)) | asked


def _account(values: Values, password: str) -> SignUp:
    return SignUp(
        email=values["email"],
        password=password,
        full_name=values["contact_name"],
        consents=given(values),
        phone=values["phone"],
    )


def _details(kind: Newcomers[Any]) -> Page:
    """For somebody whose account was there before the business, and to correct what was told."""
    here = call()
    told = kind.known(here.ports, here.who)
    if told is None:
        person = {"email": here.person.email.text, "contact_name": here.person.name}
        return _register(kind, {**kind.defaults, **person})
    return _register(kind, told)


def _register(kind: Newcomers[Any], values: Values, errors: Values | None = None) -> str:
    view = kind.view(form_view(kind.names, values, errors))
    return render_template(f"{kind.folder}/register.html", view=view)


def _keep_details(kind: Newcomers[Any]) -> Page:
    here, values = call(), typed(kind.names)
    told = kind.details(values)
    errors = kind.mistakes(told)
    if errors:
        return _register(kind, values, errors), 422
    kind.keep(here.ports, here.who, told)
    flash("We have what you told us, and look at it.")
    return redirect(f"{kind.path}/status", code=303)
