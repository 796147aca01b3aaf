"""An invitation: who invites, what it means, and accepting it."""

from typing import Final

import attrs
from flask import Blueprint, Flask, flash, render_template, request
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.workshops import FOLLOW_INVITATION
from autodoctor.application.accounts.joining import (
    Joined,
    Preview,
    join_anew,
    join_known,
    preview,
)
from autodoctor.application.accounts.sign_in import enter
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.domain.accounts.invitation import InvitationStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Conflict, Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.doors import DOORS
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.leading import with_next
from autodoctor.entrypoints.web.pages.logins import entered
from autodoctor.entrypoints.web.pages.people import when_to_anybody
from autodoctor.entrypoints.web.pages.sign_up_form import AGREEMENTS, given
from autodoctor.entrypoints.web.pages.sign_up_form import mistakes as account_mistakes
from autodoctor.entrypoints.web.places import BEGINNING, HOME
from autodoctor.ports.stores import Missing

Page = str | tuple[str, int] | Response

pages = Blueprint("invitations", __name__, url_prefix="/invitations")

NAMES: Final = ("full_name", "phone", *AGREEMENTS)
GONE: Final = {
    InvitationStatus.ACCEPTED: "This invitation was used already.",
    InvitationStatus.REVOKED: "This invitation was taken back.",
    InvitationStatus.EXPIRED: "This invitation has expired; ask for a new one.",
}


@attrs.frozen(kw_only=True)
class InvitationView:
    """`gone` says why it cannot be accepted any more, empty while it can."""

    code: str
    host: str
    where: str
    inviter: str
    place: str
    meaning: str
    email: str
    until: str
    gone: str
    waits: bool
    known: bool
    stranger: bool
    log_in_url: str
    form: FormView


@pages.get("/<code>")
@asks(FOLLOW_INVITATION)
def show(code: str) -> Page:
    here = call()
    return _shown(here, code, preview(here.ports, code=code), form_view((*NAMES, "password")))


def _shown(here: Call, code: str, found: Preview, form: FormView) -> str:
    return render_template("workshop/invitation.html", view=_view(here, code, found, form))


def _view(here: Call, code: str, found: Preview, form: FormView) -> InvitationView:
    invitation = found.invitation
    status = invitation.status(at=here.ports.now())
    known = here.account is not None
    own = here.account is not None and here.account.email == invitation.email
    return InvitationView(
        code=code,
        host=found.host,
        where=found.where,
        inviter=found.invited_by,
        place=invitation.place,
        meaning=found.meaning,
        email=invitation.email.text,
        until=when_to_anybody(here).moment(invitation.expires_at),
        gone=GONE.get(status, ""),
        waits=found.role is Role.MECHANIC,
        known=known and own,
        stranger=known and not own,
        log_in_url=with_next(DOORS[found.role].path, f"/invitations/{code}"),
        form=form,
    )


@pages.post("/<code>")
@asks(FOLLOW_INVITATION)
def accept(code: str) -> Page:
    here = call()
    found = preview(here.ports, code=code)
    actor = here.actor
    if actor is not None:
        joined = attempt(lambda: join_known(here.ports, actor=actor, code=code), Conflict)
    else:
        values, password = typed(NAMES), request.form.get("password", "")
        email = found.invitation.email.text
        errors = _mistakes(here, {**values, "email": email}, password)
        if errors:
            return _shown(here, code, found, form_view((*NAMES, "password"), values, errors)), 422
        form = _form(values, email, password)
        joined = attempt(lambda: join_anew(here.ports, code=code, form=form), Conflict)
    if isinstance(joined, Refusal):
        form_again = form_view((*NAMES, "password"), typed(NAMES), {"form": joined.title})
        return _shown(here, code, preview(here.ports, code=code), form_again), 409
    return _welcome(here, joined)


def _form(values: dict[str, str], email: str, password: str) -> SignUp:
    return SignUp(
        email=email,
        password=password,
        full_name=values["full_name"],
        phone=values["phone"],
        consents=given(values),
    )


def _mistakes(here: Call, values: dict[str, str], password: str) -> dict[str, str]:
    told = {**values, "time_zone": "America/Toronto", "language": "en"}
    return account_mistakes(here.ports, told, password=password)


def _welcome(here: Call, joined: Joined) -> Response:
    """Logged in with the hat of the place."""
    signed_in = enter(
        here.ports, joined.account, role=joined.role, address=here.address, agent=here.agent
    )
    if joined.role is Role.MECHANIC:
        flash(f"{joined.host} has been told, and lets you in.")
        began = here.actor is None
        following = BEGINNING[Role.MECHANIC] if began else HOME[Role.MECHANIC]
        return entered(here, signed_in, following=following)
    flash(f"Welcome to {joined.host}.")
    return entered(here, signed_in, following=HOME[joined.role])


@pages.errorhandler(Missing)
def unknown(_refusal: Missing) -> Page:
    return render_template("workshop/no_invitation.html"), 404


def limit(app: Flask, limiter: Limiter) -> None:
    """Guessing codes is hopeless; trying passwords of people who are invited is not."""
    guard(app, limiter, "invitations.accept", "invitation")
