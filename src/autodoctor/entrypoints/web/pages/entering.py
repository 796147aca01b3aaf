"""Coming in: a door for each role, the second step, agreements, another hat; and going out."""

from typing import Final

from flask import Blueprint, Flask, flash, redirect, render_template, request
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import CONFIRM_ADDRESS, FINISH, LOG_IN, LOG_OUT
from autodoctor.application.accounts.agreements import agree, changed_texts
from autodoctor.application.accounts.code_guessing import TooManyWrongCodes
from autodoctor.application.accounts.guessing import TooManyGuesses
from autodoctor.application.accounts.hats import HatLinkInvalid, add_hat
from autodoctor.application.accounts.second_factor import factors, give_code
from autodoctor.application.accounts.sign_in import CredentialsWrong, LoginGone, enter, sign_in
from autodoctor.domain.accounts.consent import ConsentKind
from autodoctor.domain.accounts.factor import CodeWrong
from autodoctor.domain.accounts.login import SecondFactorNotAsked, Stage
from autodoctor.domain.accounts.standing import AccountNotActive
from autodoctor.domain.corporate.organization import OrganizationSuspended
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.workshops.workshop import WorkshopSuspended
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.devices import devices
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.doors import DOORS
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.leading import local_path
from autodoctor.entrypoints.web.pages.logins import entered, gone_on, left
from autodoctor.entrypoints.web.pages.provider_buttons import provider_buttons
from autodoctor.entrypoints.web.pages.sign_up_form import AGREEMENTS, agreements_missing, given
from autodoctor.entrypoints.web.pages.standing_words import why_not
from autodoctor.entrypoints.web.places import BEGINNING, HOME, role_of_page
from autodoctor.entrypoints.web.refusals import status_of
from autodoctor.ports.accounts import PasswordsBusy
from autodoctor.ports.identity import AuthenticatorUnreadable

CREDENTIALS: Final = ("email", "password")
CODE: Final = ("code",)
AGREED_ONCE: Final = "What every customer agrees to."
CHANGED: Final = {
    (ConsentKind.TERMS,): "We have changed our terms of service. Please read and accept them.",
    (ConsentKind.PRIVACY,): "We have changed our privacy policy. Please read and accept it.",
    (ConsentKind.TERMS, ConsentKind.PRIVACY): (
        "We have changed our terms of service and our privacy policy. Please read and accept them."
    ),
}
CHANGED_ALL: Final = "We have changed what you agreed to. Please read and accept it."
Page = str | tuple[str, int] | Response

pages = Blueprint("entering", __name__)


@pages.get("/login", defaults={"role": Role.CUSTOMER})
@pages.get("/mechanic/login", defaults={"role": Role.MECHANIC})
@pages.get("/workshop/login", defaults={"role": Role.WORKSHOP})
@pages.get("/corporate/login", defaults={"role": Role.CORPORATE})
@pages.get("/admin/login", defaults={"role": Role.ADMIN})
@asks(LOG_IN)
def door(role: Role) -> Page:
    here, following = call(), local_path(request.args.get("next", ""))
    if here.actor is not None and here.actor.role is role:
        return redirect(following or HOME[role])
    logged_out = bool(here.token) and here.present is None
    return _door(role, form_view(CREDENTIALS), following, logged_out=logged_out)


def _door(role: Role, form: FormView, following: str, *, logged_out: bool = False) -> str:
    """`logged_out` for a browser whose login has ended without it, or on another device."""
    return render_template(
        "accounts/login.html",
        door=DOORS[role],
        form=form,
        next=following,
        logged_out=logged_out,
        providers=provider_buttons(call().ports, role),
    )


@pages.post("/login", defaults={"role": Role.CUSTOMER})
@pages.post("/mechanic/login", defaults={"role": Role.MECHANIC})
@pages.post("/workshop/login", defaults={"role": Role.WORKSHOP})
@pages.post("/corporate/login", defaults={"role": Role.CORPORATE})
@pages.post("/admin/login", defaults={"role": Role.ADMIN})
@asks(LOG_IN)
def log_in(role: Role) -> Page:
    """Any account comes in by any door: what the door is for is only preferred. Whoever came for
    a page comes in with the role that it is for."""
    here, following = call(), request.form.get("next", "")
    preferred = role_of_page(local_path(following)) or (None if role is Role.CUSTOMER else role)
    email, password = request.form.get("email", ""), request.form.get("password", "")
    signed_in = attempt(
        lambda: sign_in(
            here.ports,
            email=email,
            password=password,
            role=None,
            preferred=preferred,
            address=here.address,
            agent=here.agent,
            devices=devices(here),
        ),
        TooManyGuesses,
        PasswordsBusy,
        CredentialsWrong,
        AccountNotActive,
        WorkshopSuspended,
        OrganizationSuspended,
    )
    if isinstance(signed_in, Refusal):
        form = form_view(CREDENTIALS, {"email": email}, {"email": why_not(signed_in, here)})
        return _door(role, form, local_path(following)), status_of(type(signed_in))
    return entered(here, signed_in, following=following)


@pages.get("/login/second-step")
@asks(FINISH)
def second_step() -> Page:
    here = call()
    if here.present is None or here.present.login.stage is not Stage.SECOND_FACTOR:
        return redirect(HOME[here.present.login.role] if here.present else "/login")
    return _second_step(here, form_view(CODE))


def _second_step(here: Call, form: FormView) -> str:
    has = factors(here.ports, present=here.entering)
    return render_template("accounts/second_step.html", form=form, has=has)


@pages.post("/login/second-step")
@asks(FINISH)
def take_second_step() -> Page:
    here = call()
    given_in = attempt(
        lambda: give_code(
            here.ports,
            token=here.token,
            code=typed(CODE)["code"],
            address=here.address,
            devices=devices(here),
        ),
        TooManyWrongCodes,
        CodeWrong,
        AuthenticatorUnreadable,
        SecondFactorNotAsked,
        LoginGone,
    )
    if isinstance(given_in, SecondFactorNotAsked):
        return second_step()
    if isinstance(given_in, TooManyWrongCodes | CodeWrong | AuthenticatorUnreadable):
        form = form_view(CODE, {}, {"code": why_not(given_in, here)})
        return _second_step(here, form), status_of(type(given_in))
    if isinstance(given_in, Refusal):
        flash(given_in.title, "bad")
        return redirect("/login", code=303)
    return gone_on(here, given_in)


@pages.get("/account/agreements")
@asks(FINISH)
def agreements() -> Page:
    here = call()
    if here.setting_up(Stage.AGREEMENTS).login.complete:
        return redirect(HOME[here.who.role])
    return _agreements(here, form_view(AGREEMENTS))


def _agreements(here: Call, form: FormView) -> str:
    changed = changed_texts(here.ports, token=here.token)
    why = CHANGED.get(changed) or (CHANGED_ALL if changed else AGREED_ONCE)
    return render_template("accounts/agreements.html", form=form, why=why)


@pages.post("/account/agreements")
@asks(FINISH)
def agreed() -> Page:
    here, values = call(), typed(AGREEMENTS)
    errors = agreements_missing(here.ports, values)
    if errors:
        return _agreements(here, form_view(AGREEMENTS, values, errors)), 422
    return gone_on(here, agree(here.ports, token=here.token, consents=given(values)))


@pages.get("/hat")
@asks(CONFIRM_ADDRESS)
def another_hat() -> Page:
    return render_template("accounts/hat.html", token=request.args.get("token", ""))


@pages.post("/hat")
@asks(CONFIRM_ADDRESS)
def put_on_hat() -> Page:
    here = call()
    account, role = add_hat(here.ports, token=request.form.get("token", ""))
    signed_in = enter(here.ports, account, role=role, address=here.address, agent=here.agent)
    wanted = "for a company" if role is Role.CORPORATE else f"as a {role.value}"
    flash(f"You can use your account {wanted} now.")
    return entered(here, signed_in, following=BEGINNING.get(role, ""))


@pages.errorhandler(HatLinkInvalid)
def hat_link_invalid(_refusal: HatLinkInvalid) -> Page:
    return render_template("accounts/hat.html", token=""), 409


@pages.post("/logout")
@asks(LOG_OUT)
def log_out() -> Page:
    return left(call())


def limit(app: Flask, limiter: Limiter) -> None:
    guard(app, limiter, "entering.log_in", "api")
    guard(app, limiter, "entering.take_second_step", "api")
