"""Signing up, and proving an address."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, session
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import ASK_CONFIRMATION, CONFIRM_ADDRESS, SIGN_UP
from autodoctor.application.accounts.profile import profile
from autodoctor.application.accounts.sign_in import enter
from autodoctor.application.accounts.sign_up import (
    VerificationLinkInvalid,
    ask_verification,
    sign_up_customer,
    verify_email,
)
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.forms import typed
from autodoctor.entrypoints.web.pages.logins import PLAN, chosen_plan, entered
from autodoctor.entrypoints.web.pages.provider_buttons import provider_buttons
from autodoctor.entrypoints.web.pages.sign_up_form import (
    NAMES,
    SignUpView,
    mistakes,
    sign_up_of,
    sign_up_view,
)
from autodoctor.entrypoints.web.places import BEGINNING, HOME

Page = str | tuple[str, int] | Response

pages = Blueprint("accounts", __name__)


@pages.get("/signup")
@asks(SIGN_UP)
def sign_up() -> Page:
    if call().actor is not None:
        return redirect(HOME[call().who.role])
    return _sign_up(sign_up_view(plan=session.get(PLAN, "")))


def _sign_up(view: SignUpView) -> str:
    offered = provider_buttons(call().ports, Role.CUSTOMER)
    return render_template("accounts/sign_up.html", view=view, providers=offered)


@pages.post("/signup")
@asks(SIGN_UP)
def create_account() -> Page:
    values, password = typed(NAMES), request.form.get("password", "")
    errors = mistakes(call().ports, values, password=password)
    if errors:
        view = sign_up_view(values, errors, plan=session.get(PLAN, ""))
        return _sign_up(view), 422
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
    role = next((each for each in BEGINNING if each in account.roles), Role.CUSTOMER)
    signed_in = enter(here.ports, account, role=role, address=here.address, agent=here.agent)
    flash("Your address is confirmed. Welcome!")
    return entered(here, signed_in, following=chosen_plan() or BEGINNING[role])


@pages.errorhandler(VerificationLinkInvalid)
def link_invalid(_refusal: VerificationLinkInvalid) -> Page:
    return render_template("accounts/verify.html", token=""), 409


def limit(app: Flask, limiter: Limiter) -> None:
    """Mistakes in the sign-up form do not count."""
    guard(app, limiter, "accounts.create_account", "signup", deduct_when=_redirected)


def _redirected(answer: Response) -> bool:
    return answer.status_code == 303
