"""The login of a browser: opening one, ending one, and what it goes on to."""

from flask import flash, redirect, session
from werkzeug.wrappers import Response

from autodoctor.application.accounts.sign_in import SignedIn, sign_out
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.api.logins import with_cookie, without_cookie
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.leading import local_path
from autodoctor.entrypoints.web.places import HOME, STAGES, role_of_page

PLAN = "plan"
"""The plan a visitor chose, kept in this browser until there is somebody to book it."""


FOLLOWING = "following"
"""Where somebody half-way in goes on to, kept in this browser until they are in."""


def entered(here: Call, signed_in: SignedIn, *, following: str = "") -> Response:
    """With the cookie of the new login; an older login of this browser ends."""
    if here.token:
        sign_out(here.ports, token=here.token)
    return gone_on(here, signed_in, following=following)


def gone_on(here: Call, signed_in: SignedIn, *, following: str = "") -> Response:
    """To what is still to be done; once all is, to where they wanted."""
    wanted = local_path(following or session.pop(FOLLOWING, ""))
    if signed_in.stage is Stage.COMPLETE:
        place = going_to(signed_in, wanted)
    else:
        session[FOLLOWING] = wanted
        place = STAGES[signed_in.stage]
    return with_cookie(here, redirect(place, code=303), signed_in)  # type: ignore[arg-type]


def going_to(signed_in: SignedIn, following: str) -> str:
    """The page that was asked for, unless it is for another role; else the plan chosen before;
    else the role's own home."""
    if role_of_page(following) not in (None, signed_in.actor.role):
        following = ""
    if signed_in.actor.role is not Role.CUSTOMER:
        return local_path(following) or HOME[signed_in.actor.role]
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
