"""Booking: the plan, the vehicle, the mechanic, the concern."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from flask import Blueprint, flash, redirect, render_template, request, session
from msgspec.structs import replace

from autodoctor.application.access.booking import OFFER, START
from autodoctor.application.booking.employment import my_company
from autodoctor.application.booking.review import check_free_left, free_sessions_left
from autodoctor.application.booking.start import start_intake
from autodoctor.application.sessions.views import active_session
from autodoctor.domain.booking.files import TooManyFiles
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.api.booking import MONTH_FULL
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.booking_answers import (
    errors_of,
    intake_form,
    step_of,
    vehicle_mistakes,
    with_vin_read,
)
from autodoctor.entrypoints.web.pages.booking_draft import CONCERN, VEHICLE, Draft
from autodoctor.entrypoints.web.pages.booking_kept import at_home, earlier, opened, plan_of, sealed
from autodoctor.entrypoints.web.pages.booking_refusals import Page, answer_refusals
from autodoctor.entrypoints.web.pages.booking_saved import (
    SAVED,
    keeps,
    kept_for_next_time,
    with_saved,
)
from autodoctor.entrypoints.web.pages.booking_steps import (
    concern_step,
    frame,
    mechanic_step,
    plan_named,
    plan_step,
    vehicle_step,
)
from autodoctor.entrypoints.web.pages.forms import attempt, typed
from autodoctor.entrypoints.web.pages.logins import PLAN
from autodoctor.entrypoints.web.places import HOME

pages = Blueprint("booking", __name__)
answer_refusals(pages)


@pages.get("/onboarding/pricing")
@asks(OFFER)
def plans() -> Page:
    here, chosen = call(), request.args.get("plan", "")
    if here.actor is None and chosen:
        session[PLAN] = chosen[:60]
        return redirect("/signup")
    if here.who.role is not Role.CUSTOMER:
        flash("Only customers book sessions. Log in as a customer to book one.", "bad")
        return redirect(HOME[here.who.role])
    if chosen:
        return redirect(f"/intake?plan={quote(chosen)}")
    left = free_sessions_left(here.ports, actor=here.who)
    listed = here.web.plan_catalogue.listed()
    view = plan_step(listed, free_left=left, draft=sealed(here, opened(here)))
    return render_template("booking/plans.html", view=view)


@pages.get("/intake")
@asks(START)
def begin() -> Page:
    here = call()
    here.person.check_verified()
    if not (chosen := request.args.get("plan", "")):
        return redirect("/onboarding/pricing")
    plan = plan_named(here.web.plan_catalogue.listed(), chosen)
    check_free_left(here.ports, actor=here.who, plan=plan)
    draft = opened(here) or earlier(here) or Draft(plan=plan.slug)
    kept = replace(draft, plan=plan.slug, files=draft.files[: plan.attachments_max])
    return _to("vehicle", here, at_home(here, kept))


@pages.get("/intake/<any(vehicle, mechanic, concern):step>")
@asks(START)
def step(step: str) -> Page:
    here = call()
    draft = opened(here)
    return _shown(here, step, draft) if draft else redirect("/onboarding/pricing")


@pages.post("/intake/vehicle")
@asks(START)
def vehicle() -> Page:
    here = call()
    go, draft = request.form.get("go", ""), opened(here)
    if draft is None:
        return redirect("/onboarding/pricing", code=303)
    if go.startswith(SAVED):
        return _to("mechanic", here, with_saved(here, draft, go.removeprefix(SAVED)))
    draft = replace(draft, **typed(VEHICLE), saved="", no_vehicle=go == "skip")
    if go == "skip":
        return _to("mechanic", here, replace(draft, urgent=draft.urgent or _needed(here, draft)))
    if go == "read" or (draft.vin and not draft.make):
        return _vin_read(here, draft)
    errors = vehicle_mistakes(draft, plan_of(here, draft), year_now=here.ports.now().year)
    if errors:
        return _shown(here, "vehicle", draft, errors), 422
    return _to("mechanic", here, kept_for_next_time(here, draft) if keeps() else draft)


def _vin_read(here: Call, draft: Draft) -> Page:
    read = attempt(lambda: with_vin_read(draft, here.ports.vins), InvalidField)
    if isinstance(read, InvalidField):
        return _shown(here, "vehicle", draft, {read.field: read.reason}), 422
    flash("We filled in what the number says. Please check it.")
    return _to("vehicle", here, read)


def _needed(here: Call, draft: Draft) -> bool:
    """Without the vehicle such a plan needs, it has to be urgent."""
    return plan_of(here, draft).vehicle_required


@pages.post("/intake/mechanic")
@asks(START)
def mechanic() -> Page:
    here = call()
    if (draft := opened(here)) is None:
        return redirect("/onboarding/pricing", code=303)
    chosen, specialist = request.form.get("mechanic", ""), "specialist" in request.form
    back = request.form.get("go") == "back"
    kept = replace(draft, mechanic=chosen, specialist=specialist)
    return _to("vehicle" if back else "concern", here, kept)


@pages.post("/intake/concern")
@asks(START)
def concern() -> Page:
    here = call()
    if (draft := opened(here)) is None:
        return redirect("/onboarding/pricing", code=303)
    files = zip(request.form.getlist("file_id"), request.form.getlist("file_name"), strict=False)
    ticked = {name: name in request.form for name in ("urgent", "private")}
    draft = replace(draft, **typed(CONCERN), **ticked, files=tuple(files))
    if request.form.get("go") == "back":
        return _to("mechanic", here, draft)
    return _started(here, draft)


def _started(here: Call, draft: Draft) -> Page:
    intake = attempt(
        lambda: start_intake(here.ports, actor=here.who, form=intake_form(draft)),
        *(InvalidField, TooManyFiles, *MONTH_FULL),
    )
    if isinstance(intake, Refusal):
        status = 409 if isinstance(intake, MONTH_FULL) else 422
        return _shown(here, step_of(intake), draft, errors_of(intake)), status
    return redirect(f"/waiver?intake={intake.id}", code=303)


def _company(here: Call) -> str:
    found = my_company(here.ports, actor=here.who)
    return found.name if found else ""


def _to(step: str, here: Call, draft: Draft) -> Page:
    return redirect(f"/intake/{step}?draft={sealed(here, draft)}", code=303)


def _shown(here: Call, step: str, draft: Draft, errors: Mapping[str, str] | None = None) -> str:
    plan = plan_of(here, draft)
    check_free_left(here.ports, actor=here.who, plan=plan)
    views: dict[str, Callable[[], object]] = {
        "vehicle": lambda: vehicle_step(here, draft, plan, errors),
        "mechanic": lambda: mechanic_step(here.ports, draft),
        "concern": lambda: concern_step(draft, plan, errors, company=_company(here)),
    }
    active = active_session(here.ports, actor=here.who)
    return render_template(
        f"booking/{step}.html",
        frame=frame(step, draft=sealed(here, draft), plan=plan, active=active),
        view=views[step](),
    )
