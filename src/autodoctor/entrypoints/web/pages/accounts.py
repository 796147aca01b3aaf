"""Signing up, proving an address, logging in and out."""

from typing import Any, Final

from flask import Blueprint, Flask, flash, redirect, render_template, request, session
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import (
    ASK_CONFIRMATION,
    CONFIRM_ADDRESS,
    LOG_IN,
    LOG_OUT,
    SIGN_UP,
)
from autodoctor.application.accounts.profile import profile
from autodoctor.application.accounts.sign_in import CredentialsWrong, open_login, sign_in
from autodoctor.application.accounts.sign_up import (
    VerificationLinkInvalid,
    ask_verification,
    sign_up_customer,
    verify_email,
)
from autodoctor.domain.accounts.account import AccountNotActive
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.limits import LIMITS, login_key
from autodoctor.entrypoints.web.pages.doors import DOORS
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.leading import local_path
from autodoctor.entrypoints.web.pages.logins import PLAN, chosen_plan, entered, going_to, left
from autodoctor.entrypoints.web.pages.sign_up_form import (
    NAMES,
    mistakes,
    sign_up_of,
    sign_up_view,
)
from autodoctor.entrypoints.web.pages.viewer import HOME

CREDENTIALS: Final = ("email", "password")
Page = str | tuple[str, int] | Response

pages = Blueprint("accounts", __name__)


@pages.get("/signup")
@asks(SIGN_UP)
def sign_up() -> Page:
    if call().actor is not None:
        return redirect(HOME.get(call().who.role, "/"))
    return render_template("accounts/sign_up.html", view=sign_up_view(plan=session.get(PLAN, "")))


@pages.post("/signup")
@asks(SIGN_UP)
def create_account() -> Page:
    values, password = typed(NAMES), request.form.get("password", "")
    errors = mistakes(call().ports, values, password=password)
    if errors:
        view = sign_up_view(values, errors, plan=session.get(PLAN, ""))
        return render_template("accounts/sign_up.html", view=view), 422
    sign_up_customer(call().ports, sign_up_of(values, password=password))
    session["signed_up"] = values["email"]
    return redirect("/customer/verify-email", code=303)


@pages.get("/customer/verify-email")
@asks(CONFIRM_ADDRESS)
def look_into_mailbox() -> Page:
    here = call()
    if here.account is not None and here.account.verified:
        return redirect(chosen_plan() or HOME[Role.CUSTOMER])
    email = here.account.email.text if here.account else session.get("signed_up", "")
    mailbox = "/dev/mailbox" if here.web.config.mailbox else ""
    return render_template("accounts/mailbox.html", email=email, mailbox=mailbox)


@pages.post("/customer/verify-email")
@asks(ASK_CONFIRMATION)
def send_again() -> Page:
    ask_verification(call().ports, actor=call().who)
    flash("We have sent you a new link.")
    return redirect("/customer/verify-email", code=303)


@pages.get("/verify")
@asks(CONFIRM_ADDRESS)
def confirm_address() -> Page:
    return render_template("accounts/verify.html", token=request.args.get("token", ""))


@pages.post("/verify")
@asks(CONFIRM_ADDRESS)
def address_confirmed() -> Page:
    here = call()
    owner = verify_email(here.ports, token=request.form.get("token", ""))
    account = profile(here.ports, actor=Actor(owner, Role.CUSTOMER))
    account.check_active()
    signed_in = open_login(
        here.ports, account, role=Role.CUSTOMER, address=here.address, agent=here.agent
    )
    flash("Your address is confirmed. Welcome!")
    return entered(here, signed_in, going_to=chosen_plan() or "/onboarding/pricing")


@pages.errorhandler(VerificationLinkInvalid)
def link_invalid(_refusal: VerificationLinkInvalid) -> Page:
    return render_template("accounts/verify.html", token=""), 409


@pages.get("/login", defaults={"role": Role.CUSTOMER})
@pages.get("/mechanic/login", defaults={"role": Role.MECHANIC})
@pages.get("/admin/login", defaults={"role": Role.ADMIN})
@asks(LOG_IN)
def door(role: Role) -> Page:
    here, following = call(), local_path(request.args.get("next", ""))
    if here.actor is not None and here.actor.role is role:
        return redirect(following or HOME.get(role, "/"))
    return _door(role, form_view(CREDENTIALS), following)


def _door(role: Role, form: FormView, following: str) -> str:
    beside = DOORS[role].beside(following)
    shown = {"door": DOORS[role], "form": form, "next": following, "beside": beside}
    return render_template("accounts/login.html", **shown)


@pages.post("/login", defaults={"role": Role.CUSTOMER})
@pages.post("/mechanic/login", defaults={"role": Role.MECHANIC})
@pages.post("/admin/login", defaults={"role": Role.ADMIN})
@asks(LOG_IN)
def log_in(role: Role) -> Page:
    here, following = call(), request.form.get("next", "")
    email, password = request.form.get("email", ""), request.form.get("password", "")
    signed_in = attempt(
        lambda: sign_in(
            here.ports,
            email=email,
            password=password,
            role=role,
            address=here.address,
            agent=here.agent,
        ),
        CredentialsWrong,
        AccountNotActive,
    )
    if isinstance(signed_in, Refusal):
        form = form_view(CREDENTIALS, {"email": email}, {"email": signed_in.title})
        return _door(role, form, local_path(following)), 403
    return entered(here, signed_in, going_to=going_to(signed_in, following))


@pages.post("/logout")
@asks(LOG_OUT)
def log_out() -> Page:
    return left(call())


def limit(app: Flask, limiter: Limiter) -> None:
    """Mistakes in the sign-up form do not count; guesses at any login page do."""
    views: dict[str, Any] = app.view_functions
    opened = limiter.limit(LIMITS["signup"], deduct_when=_redirected)
    views["accounts.create_account"] = opened(views["accounts.create_account"])
    guarded = limiter.limit(LIMITS["login"], key_func=login_key)
    views["accounts.log_in"] = guarded(views["accounts.log_in"])


def _redirected(answer: Response) -> bool:
    return answer.status_code == 303
