"""The login of a browser: opening one, ending one, and what it goes on to."""

from flask import flash, redirect, session
from werkzeug.wrappers import Response

from autodoctor.application.accounts.sign_in import SignedIn, sign_out
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.api.accounts import with_cookie, without_cookie
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.leading import local_path
from autodoctor.entrypoints.web.pages.viewer import HOME

PLAN = "plan"
"""The plan a visitor chose, kept in this browser until there is somebody to book it."""


def entered(here: Call, signed_in: SignedIn, *, going_to: str) -> Response:
    """With the cookie of the new login; an older login of this browser ends."""
    if here.token:
        sign_out(here.ports, token=here.token)
    return with_cookie(here, redirect(going_to, code=303), signed_in)  # type: ignore[arg-type]


def going_to(signed_in: SignedIn, following: str) -> str:
    """The page that was asked for; else the plan chosen before; else the role's own home."""
    if signed_in.actor.role is not Role.CUSTOMER:
        return local_path(following) or HOME.get(signed_in.actor.role, "/")
    if not signed_in.account.verified:
        return "/customer/verify-email"
    return local_path(following) or chosen_plan() or HOME[Role.CUSTOMER]


def chosen_plan() -> str:
    """Where the booking of the plan chosen before begins, once; "" without one."""
    plan = session.pop(PLAN, "")
    return f"/intake?plan={plan}" if plan else ""


def left(here: Call) -> Response:
    """Logged out: the cookie is dead, and so is what this browser kept."""
    if here.token:
        sign_out(here.ports, token=here.token)
    session.clear()
    flash("You are logged out.")
    return without_cookie(redirect("/", code=303))  # type: ignore[arg-type]
