"""Which address is theirs: asked of who comes from a provider that vouches for none, and shown by
a code, in the browser that came."""

from typing import Final

from flask import Blueprint, Flask, flash, redirect, render_template, session
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import SIGN_UP
from autodoctor.application.accounts.claims import ask_code, give_code, held_claim
from autodoctor.application.accounts.opening import LogInToLink, label_of
from autodoctor.domain.accounts.claim import (
    AddressCodeExpired,
    AddressCodeUsed,
    AddressCodeWrong,
    ClaimGone,
    PendingClaim,
    TooManyCodes,
    TooManyTries,
)
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.doors import DOORS
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.leading import with_next
from autodoctor.entrypoints.web.pages.logins import entered
from autodoctor.entrypoints.web.pages.security import HERE
from autodoctor.entrypoints.web.places import HOME, STAGES
from autodoctor.entrypoints.web.refusals import status_of

CLAIM: Final = "claim"
"""Only the browser that came back has the claim's state."""
ADDRESS: Final = ("email",)
CODE: Final = ("code",)
ADDRESS_PAGE: Final = "/signup/address"
CODE_PAGE: Final = "/signup/code"
CODE_REFUSED: Final = (AddressCodeUsed, AddressCodeExpired, TooManyTries, AddressCodeWrong)
Page = str | tuple[str, int] | Response

pages = Blueprint("claims", __name__)


def led_to_claim(state: str) -> Response:
    """To the page that asks for the address, which this browser alone can answer."""
    session[CLAIM] = state
    return redirect(ADDRESS_PAGE, code=303)


@pages.get(ADDRESS_PAGE)
@asks(SIGN_UP)
def ask_address() -> Page:
    claim = _held()
    known = claim.email.text if claim.email else claim.claimed_email
    return _address_page(claim, form_view(ADDRESS, {"email": known}))


@pages.post(ADDRESS_PAGE)
@asks(SIGN_UP)
def send_code() -> Page:
    """The same whether or not somebody has an account with this address."""
    claim, values = _held(), typed(ADDRESS)
    sent = attempt(
        lambda: ask_code(call().ports, state=_state(), email=values["email"]),
        InvalidField,
        AddressCodeUsed,
        TooManyCodes,
    )
    if isinstance(sent, Refusal):
        reason = sent.reason if isinstance(sent, InvalidField) else sent.title
        form = form_view(ADDRESS, values, {"email": reason})
        return _address_page(claim, form), status_of(type(sent))
    return redirect(CODE_PAGE, code=303)


@pages.get(CODE_PAGE)
@asks(SIGN_UP)
def ask_for_code() -> Page:
    claim = _held()
    if claim.email is None:
        return redirect(ADDRESS_PAGE)
    return _code_page(claim, form_view(CODE))


@pages.post(CODE_PAGE)
@asks(SIGN_UP)
def open_account() -> Page:
    here, claim, code = call(), _held(), typed(CODE)["code"]
    done = attempt(
        lambda: give_code(
            here.ports, state=_state(), code=code, address=here.address, agent=here.agent
        ),
        *CODE_REFUSED,
        LogInToLink,
    )
    if isinstance(done, LogInToLink):
        flash(done.title, "bad")
        return redirect(with_next(DOORS[done.role].path, HERE), code=303)
    if isinstance(done, Refusal):
        form = form_view(CODE, {}, {"code": done.title})
        return _code_page(claim, form), status_of(type(done))
    session.pop(CLAIM, None)
    return entered(here, done.signed_in, following=done.following)


@pages.errorhandler(ClaimGone)
def begin_again(refusal: ClaimGone) -> Page:
    """Whoever is in, or half-way in, goes on from there."""
    session.pop(CLAIM, None)
    present = call().present
    if present is not None:
        home = HOME[present.login.role]
        return redirect(STAGES.get(present.login.stage, home), code=303)
    flash(refusal.title, "bad")
    return redirect(DOORS[Role.CUSTOMER].path, code=303)


def _state() -> str:
    return str(session.get(CLAIM, ""))


def _held() -> PendingClaim:
    """Raises ClaimGone."""
    return held_claim(call().ports, state=_state())


def _address_page(claim: PendingClaim, form: FormView) -> str:
    return render_template("accounts/whose_address.html", form=form, provider=_label(claim))


def _code_page(claim: PendingClaim, form: FormView) -> str:
    return render_template(
        "accounts/address_code.html",
        form=form,
        provider=_label(claim),
        email=claim.email.text if claim.email else "",
        mailbox="/dev/mailbox" if call().web.config.mailbox else "",
    )


def _label(claim: PendingClaim) -> str:
    return label_of(call().ports, claim.provider)


def limit(app: Flask, limiter: Limiter) -> None:
    guard(app, limiter, "claims.send_code", "mail")
    guard(app, limiter, "claims.open_account", "code")
