"""A workshop's team: its mechanics, those invited, its staff."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.workshops import INVITE, MANAGE, SEATS, TEAM
from autodoctor.application.workshops.inviting import invitations, invite_person, revoke
from autodoctor.application.workshops.seats import change_seat, staff, take_seat
from autodoctor.application.workshops.team import activate, deactivate, remove, serve_areas, team
from autodoctor.domain.shared.actor import Seat
from autodoctor.domain.shared.errors import Conflict, Forbidden, InvalidField, Refusal
from autodoctor.domain.shared.ids import AccountId, InvitationId, MechanicId
from autodoctor.domain.workshops.workshop import WorkshopNotApproved
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.workshop_form import prefixes
from autodoctor.entrypoints.web.pages.workshop_team_view import team_view

Page = str | tuple[str, int] | Response

pages = Blueprint("workshop_team", __name__, url_prefix="/workshop/team")

_INVITE: Final = ("email", "place")
STEPS: Final[dict[str, tuple[Callable[..., object], str]]] = {
    "activate": (activate, "They are in."),
    "deactivate": (deactivate, "They are paused."),
    "remove": (remove, "They are not in your team any more."),
}
NO_SEAT: Final = "none"


@pages.get("")
@asks(TEAM)
def show() -> Page:
    return _shown(call(), form_view(_INVITE))


def _shown(here: Call, form: FormView) -> str:
    view = team_view(
        team(here.ports, actor=here.who),
        invitations(here.ports, actor=here.who),
        staff(here.ports, actor=here.who),
        when(here),
        viewer=here.who,
        form=form,
    )
    return render_template("workshop/team.html", view=view)


@pages.post("/invite")
@asks(INVITE)
def send_invitation() -> Page:
    here, values = call(), typed(_INVITE)
    place = values["place"] or "mechanic"
    sent = attempt(
        lambda: invite_person(here.ports, actor=here.who, email=values["email"], place=place),
        *(InvalidField, Conflict, Forbidden),
    )
    if isinstance(sent, WorkshopNotApproved):
        raise sent
    if isinstance(sent, InvalidField):
        return _shown(here, form_view(_INVITE, values, {sent.field: sent.reason})), 422
    if isinstance(sent, Refusal):
        return _shown(here, form_view(_INVITE, values, {"email": sent.title})), 409
    flash(f"{sent.email} has an invitation.")
    return redirect("/workshop/team", code=303)


@pages.post("/invitations/<uuid:invitation_id>/revoke")
@asks(INVITE)
def take_back(invitation_id: UUID) -> Page:
    here, key = call(), InvitationId(invitation_id)
    return _done(
        lambda: revoke(here.ports, actor=here.who, invitation_id=key),
        "The invitation does not work any more.",
    )


@pages.post("/mechanics/<uuid:mechanic_id>/<any(activate, deactivate, remove):step>")
@asks(MANAGE)
def change_place(mechanic_id: UUID, step: str) -> Page:
    here, (use_case, said) = call(), STEPS[step]
    key = MechanicId(mechanic_id)
    return _done(lambda: use_case(here.ports, actor=here.who, mechanic_id=key), said)


@pages.post("/mechanics/<uuid:mechanic_id>/areas")
@asks(MANAGE)
def change_areas(mechanic_id: UUID) -> Page:
    here, areas = call(), prefixes(typed(("areas",))["areas"])
    key = MechanicId(mechanic_id)
    return _done(
        lambda: serve_areas(here.ports, actor=here.who, mechanic_id=key, areas=areas),
        "Their service areas are kept.",
    )


@pages.post("/staff/<uuid:account_id>/seat")
@asks(SEATS)
def give_seat(account_id: UUID) -> Page:
    here, seat = call(), typed(("seat",))["seat"]
    key = AccountId(account_id)
    if seat == NO_SEAT:
        return _done(
            lambda: take_seat(here.ports, actor=here.who, account_id=key),
            "They are not of your staff any more.",
        )
    if seat not in set(Seat):
        return redirect("/workshop/team", code=303)
    return _done(
        lambda: change_seat(here.ports, actor=here.who, account_id=key, seat=Seat(seat)),
        "Their seat is changed.",
    )


def _done(step: Callable[[], object], said: str) -> Page:
    outcome = attempt(step, Conflict, InvalidField)
    if isinstance(outcome, InvalidField):
        flash(outcome.reason, "bad")
    elif isinstance(outcome, Refusal):
        flash(outcome.title, "bad")
    else:
        flash(said)
    return redirect("/workshop/team", code=303)
