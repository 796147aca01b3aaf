"""Signing up, and proving an address."""

from typing import Final

from flask import Blueprint, Flask, flash, redirect, render_template, request, session
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import ASK_CONFIRMATION, CONFIRM_ADDRESS, SIGN_UP
from autodoctor.application.accounts.profile import profile
from autodoctor.application.accounts.sign_in import enter
from autodoctor.application.accounts.sign_up import (
    SignUpPasswordWrong,
    VerificationLinkInvalid,
    ask_verification,
    email_of_link,
    sign_up_by_link,
    sign_up_customer,
    sign_up_of,
    verify_email,
)
from autodoctor.application.accounts.verifying import AddressClaimed
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.forms import attempt, form_view, typed
from autodoctor.entrypoints.web.pages.logins import PLAN, chosen_plan, entered
from autodoctor.entrypoints.web.pages.provider_buttons import provider_buttons
from autodoctor.entrypoints.web.pages.sign_up_form import (
    DEFAULTS,
    NAMES,
    SignUpView,
    form_of,
    mistakes,
    sign_up_view,
)
from autodoctor.entrypoints.web.places import BEGINNING, HOME
from autodoctor.entrypoints.web.sign_ups import forget_sign_up, held_sign_up, keep_sign_up

Page = str | tuple[str, int] | Response
PASSWORD: Final = ("password",)

pages = Blueprint("accounts", __name__)


@pages.get("/signup")
@asks(SIGN_UP)
def sign_up() -> Page:
    if call().actor is not None:
        return redirect(HOME[call().who.role])
    link = request.args.get("link", "")
    owner = email_of_link(call().ports, token=link) if link else None
    values = DEFAULTS | {"email": owner.text} if owner else DEFAULTS
    return _sign_up(sign_up_view(values, plan=session.get(PLAN, ""), link=link))


def _sign_up(view: SignUpView) -> str:
    offered = provider_buttons(call().ports, Role.CUSTOMER)
    return render_template("accounts/sign_up.html", view=view, providers=offered)


@pages.post("/signup")
@asks(SIGN_UP)
def create_account() -> Page:
    values, password = typed(NAMES), request.form.get("password", "")
    link = request.form.get("link", "")
    errors = mistakes(call().ports, values, password=password)
    if errors:
        view = sign_up_view(values, errors, plan=session.get(PLAN, ""), link=link)
        return _sign_up(view), 422
    if link:
        form = form_of(values, password=password)
        return _confirmed(sign_up_by_link(call().ports, form, token=link))
    keep_sign_up(sign_up_customer(call().ports, form_of(values, password=password)))
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
    return _confirm(request.args.get("token", ""))


def _confirm(token: str, errors: dict[str, str] | None = None) -> str:
    """In another browser than the one that signed up it asks for the password."""
    here = call()
    found = attempt(lambda: sign_up_of(here.ports, token=token), VerificationLinkInvalid)
    good = not isinstance(found, VerificationLinkInvalid)
    return render_template(
        "accounts/verify.html",
        token=token if good else "",
        claimed=False,
        ask_password=found != held_sign_up(here),
        form=form_view(PASSWORD, {}, errors),
    )


@pages.post("/verify")
@asks(CONFIRM_ADDRESS)
def address_confirmed() -> Page:
    here, token = call(), request.form.get("token", "")
    holder, password = held_sign_up(here), request.form.get("password", "")
    owner = attempt(
        lambda: verify_email(here.ports, token=token, holder=holder, password=password),
        SignUpPasswordWrong,
    )
    if isinstance(owner, SignUpPasswordWrong):
        return _confirm(token, {"password": owner.title}), 403
    return _confirmed(owner)


def _confirmed(owner: AccountId) -> Response:
    here = call()
    forget_sign_up()
    account = profile(here.ports, actor=Actor(owner, Role.CUSTOMER))
    role = next((each for each in BEGINNING if each in account.roles), Role.CUSTOMER)
    signed_in = enter(here.ports, account, role=role, address=here.address, agent=here.agent)
    flash("Your address is confirmed. Welcome!")
    return entered(here, signed_in, following=chosen_plan() or BEGINNING[role])


@pages.errorhandler(VerificationLinkInvalid)
@pages.errorhandler(AddressClaimed)
def link_invalid(refusal: Refusal) -> Page:
    claimed = isinstance(refusal, AddressClaimed)
    return render_template("accounts/verify.html", token="", claimed=claimed), 409


def limit(app: Flask, limiter: Limiter) -> None:
    """Mistakes in the sign-up form do not count."""
    guard(app, limiter, "accounts.create_account", "signup", deduct_when=_redirected)
    guard(app, limiter, "accounts.address_confirmed", "code", deduct_when=_password_wrong)


def _redirected(answer: Response) -> bool:
    return answer.status_code == 303


def _password_wrong(answer: Response) -> bool:
    return answer.status_code == 403
