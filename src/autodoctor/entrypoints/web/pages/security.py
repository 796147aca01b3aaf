"""Security, for every role: password, address, logins, second factor, other providers."""

from typing import Final
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import CONFIRM_ADDRESS, SECURITY
from autodoctor.application.accounts.address import (
    AddressLinkInvalid,
    ask_address,
    confirm_address,
)
from autodoctor.application.accounts.logins import end_login, end_other_logins
from autodoctor.application.accounts.password import PASSWORD_REFUSED, ask_reset, change_password
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import LoginId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.forms import attempt, form_status
from autodoctor.entrypoints.web.pages.security_view import FIELDS, security_view
from autodoctor.entrypoints.web.pages.standing_words import why_not
from autodoctor.ports.accounts import EmailTaken

HERE: Final = "/account/security"
Page = str | tuple[str, int] | Response

pages = Blueprint("security", __name__)


@pages.get(HERE)
@asks(SECURITY)
def security() -> Page:
    return _page(call(), {}, {})


def _page(here: Call, values: dict[str, str], errors: dict[str, str]) -> str:
    return render_template("accounts/security.html", view=security_view(here, values, errors))


def _said(name: str) -> str:
    return request.form.get(name, "")


@pages.post("/account/password")
@asks(SECURITY)
def new_password() -> Page:
    here = call()
    done = attempt(
        lambda: change_password(
            here.ports, present=here.inside, old=_said("old"), new=_said("password")
        ),
        *PASSWORD_REFUSED,
        InvalidField,
    )
    if isinstance(done, Refusal):
        return _refused(here, {}, done, present="old")
    flash("Your password is changed. All other logins were ended.")
    return redirect(HERE, code=303)


@pages.post("/account/password/first")
@asks(SECURITY)
def first_password() -> Page:
    """For whoever has none: the link that sets one proves the address."""
    here = call()
    ask_reset(here.ports, email=here.person.email.text)
    flash("We have sent you a link to set a password.")
    return redirect(HERE, code=303)


@pages.post("/account/email")
@asks(SECURITY)
def new_address() -> Page:
    here, email = call(), _said("email").strip()
    done = attempt(
        lambda: ask_address(
            here.ports, present=here.inside, password=_said("address_password"), email=email
        ),
        *PASSWORD_REFUSED,
        InvalidField,
    )
    if isinstance(done, Refusal):
        return _refused(here, {"email": email}, done, present="address_password")
    flash("We have sent a link to the new address. Open it to confirm.")
    return redirect(HERE, code=303)


def _refused(here: Call, values: dict[str, str], refusal: Refusal, *, present: str) -> Page:
    """`present` is the field of the present password."""
    if isinstance(refusal, InvalidField) and refusal.field in FIELDS:
        return _page(here, values, {refusal.field: refusal.reason}), 422
    return _page(here, values, {present: why_not(refusal, here)}), form_status(refusal)


@pages.get("/account/address")
@asks(CONFIRM_ADDRESS)
def confirm() -> Page:
    token = request.args.get("token", "")
    return render_template("accounts/address.html", token=token, taken=False)


@pages.post("/account/address")
@asks(CONFIRM_ADDRESS)
def confirmed() -> Page:
    here = call()
    staying = here.present.login if here.present else None
    account = confirm_address(here.ports, token=_said("token"), staying=staying)
    flash(f"Your address is {account.email} from now on. All other logins were ended.")
    return redirect(HERE if call().actor else "/login", code=303)


@pages.errorhandler(AddressLinkInvalid)
def link_invalid(_refusal: AddressLinkInvalid) -> Page:
    return render_template("accounts/address.html", token="", taken=False), 409


@pages.errorhandler(EmailTaken)
def address_taken(_refusal: EmailTaken) -> Page:
    return render_template("accounts/address.html", token="", taken=True), 409


@pages.post("/account/logins/<uuid:login_id>/end")
@asks(SECURITY)
def end_one(login_id: UUID) -> Page:
    here = call()
    end_login(here.ports, present=here.inside, login_id=LoginId(login_id))
    flash("That login is ended.")
    return redirect(f"{HERE}#logins", code=303)


@pages.post("/account/logins/end-others")
@asks(SECURITY)
def end_others() -> Page:
    here = call()
    end_other_logins(here.ports, present=here.inside)
    flash("All other logins are ended.")
    return redirect(f"{HERE}#logins", code=303)


def limit(app: Flask, limiter: Limiter) -> None:
    guard(app, limiter, "security.first_password", "api")
