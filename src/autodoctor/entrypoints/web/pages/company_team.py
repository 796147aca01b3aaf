"""Those who run a company: who has which seat, and who is invited to one."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.corporate import INVITE, SEATS, TEAM
from autodoctor.application.corporate.inviting import invitations, invite_colleague, revoke
from autodoctor.application.corporate.places import SEATS as SEATS_THERE
from autodoctor.application.corporate.seats import change_seat, staff, take_seat
from autodoctor.domain.corporate.organization import OrganizationNotApproved
from autodoctor.domain.shared.actor import Seat
from autodoctor.domain.shared.errors import Conflict, Forbidden, InvalidField, Refusal
from autodoctor.domain.shared.ids import AccountId, InvitationId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.team_lines import (
    INVITATIONS_SHOWN,
    InvitationLine,
    StaffLine,
    invitation_line,
    manages,
    staff_line,
)
from autodoctor.entrypoints.web.parts import Option

Page = str | tuple[str, int] | Response

PATH: Final = "/corporate/team"
NO_SEAT: Final = "none"
SEAT_NAMES: Final = {
    Seat.VIEWER: "Viewer: sees figures and departments",
    Seat.ADMIN: "Admin: runs departments and profile",
    Seat.OWNER: "Owner: everything, and who else runs it",
}
_INVITE: Final = ("email", "place")

pages = Blueprint("company_team", __name__, url_prefix=PATH)


@attrs.frozen(kw_only=True)
class CompanyTeamView:
    staff: tuple[StaffLine, ...]
    invitations: tuple[InvitationLine, ...]
    places: tuple[Option, ...]
    seats: tuple[Option, ...]
    may_manage: bool
    may_seat: bool
    form: FormView


@pages.get("")
@asks(TEAM)
def show() -> Page:
    return _shown(call(), form_view(_INVITE))


def _shown(here: Call, form: FormView) -> str:
    own = here.who.seat or Seat.OWNER
    seats = tuple(Option(seat.value, SEAT_NAMES[seat]) for seat in SEATS_THERE)
    invited = invitations(here.ports, actor=here.who)[:INVITATIONS_SHOWN]
    people = staff(here.ports, actor=here.who)
    view = CompanyTeamView(
        staff=tuple(staff_line(each, each.organization_seat) for each in people),
        invitations=tuple(invitation_line(each, when(here)) for each in invited),
        places=tuple(each for each in seats if Seat(each.value).rank <= own.rank),
        seats=(*seats, Option(NO_SEAT, "Does not run it any more")),
        may_manage=manages(here.who),
        may_seat=own is Seat.OWNER,
        form=form,
    )
    return render_template("corporate/team.html", view=view)


@pages.post("/invite")
@asks(INVITE)
def send_invitation() -> Page:
    here, values = call(), typed(_INVITE)
    email, place = values["email"], values["place"]
    sent = attempt(
        lambda: invite_colleague(here.ports, actor=here.who, email=email, place=place),
        *(InvalidField, Conflict, Forbidden),
    )
    if isinstance(sent, OrganizationNotApproved):
        raise sent
    if isinstance(sent, InvalidField):
        return _shown(here, form_view(_INVITE, values, {sent.field: sent.reason})), 422
    if isinstance(sent, Refusal):
        return _shown(here, form_view(_INVITE, values, {"email": sent.title})), 409
    flash(f"{sent.email} has an invitation.")
    return redirect(PATH, code=303)


@pages.post("/invitations/<uuid:invitation_id>/revoke")
@asks(INVITE)
def take_back(invitation_id: UUID) -> Page:
    here, key = call(), InvitationId(invitation_id)
    return _done(
        lambda: revoke(here.ports, actor=here.who, invitation_id=key),
        "The invitation does not work any more.",
    )


@pages.post("/staff/<uuid:account_id>/seat")
@asks(SEATS)
def give_seat(account_id: UUID) -> Page:
    here, seat = call(), typed(("seat",))["seat"]
    key = AccountId(account_id)
    if seat == NO_SEAT:
        return _done(
            lambda: take_seat(here.ports, actor=here.who, account_id=key),
            "They do not run the company any more.",
        )
    return _done(
        lambda: change_seat(here.ports, actor=here.who, account_id=key, seat=seat),
        "Their seat is changed.",
    )


def _done(step: Callable[[], object], said: str) -> Page:
    outcome = attempt(step, Conflict, InvalidField)
    if isinstance(outcome, Refusal):
        flash(getattr(outcome, "reason", "") or outcome.title, "bad")
    else:
        flash(said)
    return redirect(PATH, code=303)
