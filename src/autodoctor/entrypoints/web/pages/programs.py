"""Programs of brands, for mechanics and workshops: what there is, applying, what became of it."""

from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.workshops import (
    APPLY_TO_PROGRAM,
    PROGRAM_APPLICATIONS,
    PROGRAMS,
)
from autodoctor.application.workshops.programs import applications, apply_to, program, programs
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Conflict, InvalidField, Refusal
from autodoctor.domain.shared.ids import ProgramId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.programs_view import (
    applications_table,
    apply_view,
    programs_view,
)

Page = str | tuple[str, int] | Response

pages = Blueprint("programs", __name__)

PLACES: Final = {
    Role.MECHANIC: "/mechanic/partnerships",
    Role.WORKSHOP: "/workshop/partnerships",
}
LISTS: Final = {
    Role.MECHANIC: "/mechanic/partnerships/browse",
    Role.WORKSHOP: "/workshop/partnerships/programs",
}
_ASKED: Final = ("message",)


@pages.get("/mechanic/partnerships/browse")
@asks(PROGRAMS.by(Role.MECHANIC))
def for_mechanics() -> Page:
    return _listed(call())


@pages.get("/workshop/partnerships/programs")
@asks(PROGRAMS.by(Role.WORKSHOP))
def for_workshops() -> Page:
    return _listed(call())


def _listed(here: Call) -> str:
    found = programs(here.ports, actor=here.who)
    own = applications(here.ports, actor=here.who)
    view = programs_view(found, own, place=PLACES[here.who.role])
    return render_template("programs/list.html", view=view)


@pages.get("/mechanic/partnerships/applications")
@asks(PROGRAM_APPLICATIONS.by(Role.MECHANIC))
def of_mechanic() -> Page:
    return _applications(call())


@pages.get("/workshop/partnerships/applications")
@asks(PROGRAM_APPLICATIONS.by(Role.WORKSHOP))
def of_workshop() -> Page:
    return _applications(call())


def _applications(here: Call) -> str:
    table = applications_table(applications(here.ports, actor=here.who), when(here))
    return render_template("programs/own.html", table=table, browse_url=LISTS[here.who.role])


@pages.get("/mechanic/partnerships/apply/<uuid:program_id>")
@asks(APPLY_TO_PROGRAM.by(Role.MECHANIC))
def form_of_mechanic(program_id: UUID) -> Page:
    return _form(call(), ProgramId(program_id), form_view(_ASKED))


@pages.get("/workshop/partnerships/apply/<uuid:program_id>")
@asks(APPLY_TO_PROGRAM.by(Role.WORKSHOP))
def form_of_workshop(program_id: UUID) -> Page:
    return _form(call(), ProgramId(program_id), form_view(_ASKED))


def _form(here: Call, program_id: ProgramId, form: FormView) -> str:
    found = program(here.ports, actor=here.who, program_id=program_id)
    view = apply_view(found, form, place=PLACES[here.who.role])
    return render_template("programs/apply.html", view=view)


@pages.post("/mechanic/partnerships/apply/<uuid:program_id>")
@asks(APPLY_TO_PROGRAM.by(Role.MECHANIC))
def apply_as_mechanic(program_id: UUID) -> Page:
    return _apply(call(), ProgramId(program_id))


@pages.post("/workshop/partnerships/apply/<uuid:program_id>")
@asks(APPLY_TO_PROGRAM.by(Role.WORKSHOP))
def apply_as_workshop(program_id: UUID) -> Page:
    return _apply(call(), ProgramId(program_id))


def _apply(here: Call, program_id: ProgramId) -> Page:
    values = typed(_ASKED)
    made = attempt(
        lambda: apply_to(
            here.ports, actor=here.who, program_id=program_id, message=values["message"]
        ),
        InvalidField,
        Conflict,
    )
    if isinstance(made, InvalidField):
        form = form_view(_ASKED, values, {made.field: made.reason})
        return _form(here, program_id, form), 422
    if isinstance(made, Refusal):
        return _form(here, program_id, form_view(_ASKED, values, {"form": made.title})), 409
    flash("Your application is on its way.")
    return redirect(f"{PLACES[here.who.role]}/applications", code=303)
