"""A workshop's profile: its details, its logo, its payouts; and the directory for everybody."""

from typing import Final

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.workshops import EDIT, PAYOUTS, PROFILE
from autodoctor.application.workshops.details import details_mistakes, details_of
from autodoctor.application.workshops.payouts import begin_payouts, payouts_state
from autodoctor.application.workshops.profile import change_logo, change_profile, profile
from autodoctor.domain.shared.actor import Actor, Seat
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import FileId
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.body_limits import PAPER_BYTES_MAX, takes
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.sent_file import take_picture
from autodoctor.entrypoints.web.pages.team_lines import manages
from autodoctor.entrypoints.web.pages.workshop_form import (
    NAMES,
    DetailsView,
    details_of_form,
    details_view,
    values_of,
)
from autodoctor.ports.files import FileNotAcceptable, FileTooLarge

Page = str | tuple[str, int] | Response

PATH: Final = "/workshop/profile"
FIELDS: Final = (*NAMES, "logo")

pages = Blueprint("workshop_profile", __name__, url_prefix=PATH)


@attrs.frozen(kw_only=True)
class ProfileView:
    """`payouts` says where they stand, and `payouts_label` what the owner can do about it."""

    name: str
    details: DetailsView
    logo_url: str
    payouts: str
    payouts_label: str
    may_edit: bool


@pages.get("")
@asks(PROFILE)
def show() -> Page:
    here = call()
    workshop = profile(here.ports, actor=here.who)
    return _shown(here, workshop, form_view(FIELDS, values_of(details_of(workshop))))


def _shown(here: Call, workshop: Workshop, form: FormView) -> str:
    view = profile_view(workshop, here.who, form)
    return render_template("workshop/profile.html", view=view)


def profile_view(workshop: Workshop, actor: Actor, form: FormView) -> ProfileView:
    ready, begun = workshop.payouts_ready, workshop.payout_account is not None
    label = "Go on setting up payouts" if begun else "Set up payouts"
    own = actor.seat in (None, Seat.OWNER)
    return ProfileView(
        name=workshop.name,
        details=details_view(form),
        logo_url=f"/workshops/{workshop.id}/logo" if workshop.profile.logo_key else "",
        payouts="Your share is paid out." if ready else "Your share waits until this is done.",
        payouts_label=label if own and not ready else "",
        may_edit=manages(actor),
    )


@pages.post("")
@asks(EDIT)
def keep() -> Page:
    here, values = call(), typed(NAMES)
    workshop, told = profile(here.ports, actor=here.who), details_of_form(values)
    errors = details_mistakes(told)
    if errors:
        return _shown(here, workshop, form_view(FIELDS, values, errors)), 422
    change_profile(here.ports, actor=here.who, details=told)
    flash("Your profile is kept.")
    return redirect(PATH, code=303)


@pages.post("/logo")
@asks(EDIT)
@takes(PAPER_BYTES_MAX)
def keep_logo() -> Page:
    here = call()
    workshop = profile(here.ports, actor=here.who)
    done = attempt(lambda: _take_logo(here), InvalidField, FileTooLarge, FileNotAcceptable)
    if isinstance(done, Refusal):
        reason = getattr(done, "reason", "") or done.title
        values = values_of(details_of(workshop))
        return _shown(here, workshop, form_view(FIELDS, values, {"logo": reason})), 422
    flash("Your logo is kept.")
    return redirect(PATH, code=303)


def _take_logo(here: Call) -> Workshop:
    file = take_picture(here, "logo")
    return change_logo(here.ports, actor=here.who, file_id=FileId(file.id))


@pages.post("/payouts")
@asks(PAYOUTS)
def set_up_payouts() -> Page:
    here = call()
    return redirect(begin_payouts(here.ports, actor=here.who), code=303)


@pages.get("/payouts")
@asks(PAYOUTS)
def payouts_set_up() -> Page:
    """Where the payment provider leads back to, done or not."""
    here = call()
    state = payouts_state(here.ports, actor=here.who)
    done = state is not None and state.ready
    flash("Your payouts are set up." if done else "Something is still missing for your payouts.")
    return redirect(PATH, code=303)
