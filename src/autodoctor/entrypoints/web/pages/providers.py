"""Leaving for another provider, and coming back from it.

Browsers hold the policy for forms against every redirect that follows, and keep the cookie of
this site from a form that another one sends: so leaving and coming back by form are pages that
go on by themselves.
"""

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Flask, flash, redirect, render_template, request, session
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import LOG_IN, SECURITY
from autodoctor.application.accounts.opening import LogInToLink
from autodoctor.application.accounts.providers import (
    AddressUnverified,
    NoSuchHat,
    OnlyWayIn,
    Unvouched,
    come_back,
    leave_for,
    unlink,
)
from autodoctor.domain.accounts.standing import AccountNotActive
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.claims import led_to_claim
from autodoctor.entrypoints.web.pages.doors import DOORS
from autodoctor.entrypoints.web.pages.forms import attempt
from autodoctor.entrypoints.web.pages.leading import local_path, with_next
from autodoctor.entrypoints.web.pages.logins import entered
from autodoctor.entrypoints.web.pages.security import HERE
from autodoctor.entrypoints.web.pages.standing_words import why_not
from autodoctor.ports.identity import IdentityRefused, IdentityTaken, ProviderUnavailable

STATE: Final = "visit"
"""Only the browser that left may come back."""
ROLE: Final = "visit_role"
PASSED_ON: Final = ("code", "state", "error")
REFUSALS: Final = (
    IdentityRefused,
    IdentityTaken,
    AddressUnverified,
    LogInToLink,
    NoSuchHat,
    AccountNotActive,
    ProviderUnavailable,
)
Page = str | tuple[str, int] | Response

pages = Blueprint("providers", __name__)


@pages.post("/auth/<slug>")
@asks(LOG_IN)
def leave(slug: str) -> Page:
    here, role = call(), _role(request.form.get("role", ""))
    linking = here.present if request.args.get("link") and here.actor else None
    following = HERE if linking else local_path(request.form.get("next", ""))
    leaving = leave_for(here.ports, slug, role=role, following=following, present=linking)
    session[STATE], session[ROLE] = leaving.state, role.value
    return _go_on(leaving.address)


def _role(text: str) -> Role:
    return Role(text) if text in DOORS else Role.CUSTOMER


def _go_on(address: str) -> str:
    return render_template("accounts/leaving.html", address=address)


@pages.post("/auth/<slug>/callback")
@asks(LOG_IN)
def back_by_form(slug: str) -> Page:
    """Without this site's cookie: what was sent comes again, as a link of our own."""
    given = {name: request.form[name] for name in PASSED_ON if name in request.form}
    return _go_on(f"/auth/{slug}/callback?{urlencode(given)}")


@pages.get("/auth/<slug>/callback")
@asks(LOG_IN)
def back(slug: str) -> Page:
    here, state, given = call(), session.pop(STATE, ""), request.args
    role = _role(session.pop(ROLE, ""))
    if not state or given.get("state") != state or "code" not in given:
        return _refused(IdentityRefused("state"), role)
    came = attempt(
        lambda: come_back(
            here.ports,
            slug,
            state=state,
            code=given["code"],
            present=here.present if here.actor else None,
            address=here.address,
            agent=here.agent,
        ),
        *REFUSALS,
    )
    if isinstance(came, Refusal):
        return _refused(came, role)
    if isinstance(came, Unvouched):
        return led_to_claim(came.state)
    if came.signed_in is None:
        flash("You can log in that way from now on.")
        return redirect(came.following, code=303)
    return entered(here, came.signed_in, following=came.following)


def _refused(refusal: Refusal, role: Role) -> Page:
    """Whoever has an account already goes on, once logged in, to where they link it."""
    flash(why_not(refusal, call()), "bad")
    following = HERE if isinstance(refusal, LogInToLink) else ""
    return redirect(HERE if call().actor else with_next(DOORS[role].path, following), code=303)


@pages.post("/auth/<slug>/unlink")
@asks(SECURITY)
def take_away(slug: str) -> Page:
    here = call()
    gone = attempt(lambda: unlink(here.ports, present=here.inside, slug=slug), OnlyWayIn)
    refused = isinstance(gone, OnlyWayIn)
    flash(OnlyWayIn.title if refused else "That way to log in is gone.", "bad" if refused else "ok")
    return redirect(HERE, code=303)


def limit(app: Flask, limiter: Limiter) -> None:
    for view in ("leave", "back", "back_by_form"):
        guard(app, limiter, f"providers.{view}", "api")
    app.extensions["csrf"].exempt(app.view_functions["providers.back_by_form"])
