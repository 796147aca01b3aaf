"""Programs of brands, kept by staff, and the applications to them."""

from typing import Final
from uuid import UUID

import attrs
from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.workshops import KEEP_PROGRAMS, PROGRAMS
from autodoctor.application.workshops.programs import (
    Applied,
    applications,
    decide,
    keep_program,
    program,
    programs,
)
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Conflict, InvalidField, Refusal
from autodoctor.domain.shared.ids import ProgramApplicationId, ProgramId
from autodoctor.domain.workshops.program import Audience, Program, ProgramStatus
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.programs_view import STATUS
from autodoctor.entrypoints.web.parts import Link, Option
from autodoctor.entrypoints.web.views import Tone

Page = str | tuple[str, int] | Response

pages = Blueprint("admin_programs", __name__, url_prefix="/admin/programs")

NAMES: Final = ("brand", "title", "description", "requirements", "perks", "open", "audiences")
AUDIENCES: Final = (
    Option(Audience.MECHANICS, "Mechanics"),
    Option(Audience.WORKSHOPS, "Workshops"),
)
DECISIONS: Final = {"accept": ProgramStatus.ACCEPTED, "decline": ProgramStatus.DECLINED}
NEW: Final = {"open": "true"}


@attrs.frozen(kw_only=True)
class ApplicationLine:
    id: str
    name: str
    program: str
    message: str
    state: str
    tone: Tone
    reason: str
    waiting: bool


@attrs.frozen(kw_only=True)
class ProgramsPage:
    """`url` is where the form is sent: to add one, or to change the one shown."""

    programs: tuple[Link, ...]
    applications: tuple[ApplicationLine, ...]
    form: FormView
    chosen: tuple[str, ...]
    audiences: tuple[Option, ...]
    url: str
    title: str


@pages.get("")
@asks(PROGRAMS.by(Role.ADMIN))
def listed() -> Page:
    return _shown(call(), form_view(NAMES, NEW), tuple(Audience))


@pages.get("/<uuid:program_id>")
@asks(PROGRAMS.by(Role.ADMIN))
def one(program_id: UUID) -> Page:
    here = call()
    found = program(here.ports, actor=here.who, program_id=ProgramId(program_id))
    form = form_view(NAMES, _values(found))
    return _shown(here, form, tuple(sorted(found.audiences)), found)


def _shown(
    here: Call, form: FormView, chosen: tuple[str, ...], shown: Program | None = None
) -> str:
    found = programs(here.ports, actor=here.who)
    waiting = applications(here.ports, actor=here.who)
    view = ProgramsPage(
        programs=tuple(Link(_label(each), f"/admin/programs/{each.id}") for each in found),
        applications=tuple(map(_line, waiting)),
        form=form,
        chosen=chosen,
        audiences=AUDIENCES,
        url=f"/admin/programs/{shown.id}" if shown else "/admin/programs",
        title=f"Change {shown.title}" if shown else "Add a program",
    )
    return render_template("admin/programs.html", view=view)


def _label(program: Program) -> str:
    return f"{program.brand}: {program.title}{'' if program.open else ' (closed)'}"


def _line(applied: Applied) -> ApplicationLine:
    found = applied.application
    label, tone = STATUS[found.status]
    return ApplicationLine(
        id=str(found.id),
        name=applied.name,
        program=_label(applied.program),
        message=found.message,
        state=label,
        tone=tone,
        reason=found.reason,
        waiting=found.status is ProgramStatus.SUBMITTED,
    )


def _values(program: Program) -> dict[str, str]:
    return {
        "brand": program.brand,
        "title": program.title,
        "description": program.description,
        "requirements": program.requirements,
        "perks": "\n".join(program.perks),
        "open": "true" if program.open else "",
    }


@pages.post("")
@asks(KEEP_PROGRAMS)
def add() -> Page:
    here = call()
    new = Program(
        id=ProgramId(here.ports.ids.new()),
        brand="",
        title="",
        description="",
        created_at=here.ports.now(),
    )
    return _keep(here, new, None)


@pages.post("/<uuid:program_id>")
@asks(KEEP_PROGRAMS)
def change(program_id: UUID) -> Page:
    here = call()
    found = program(here.ports, actor=here.who, program_id=ProgramId(program_id))
    return _keep(here, found, found)


def _keep(here: Call, before: Program, shown: Program | None) -> Page:
    values = typed(NAMES)
    chosen = tuple(each for each in request.form.getlist("audiences") if each in set(Audience))
    wanted = attrs.evolve(
        before,
        brand=values["brand"],
        title=values["title"],
        description=values["description"],
        requirements=values["requirements"],
        perks=tuple(values["perks"].splitlines()),
        audiences=frozenset(map(Audience, chosen)),
        open=bool(values["open"]),
    )
    kept = attempt(lambda: keep_program(here.ports, actor=here.who, program=wanted), InvalidField)
    if isinstance(kept, InvalidField):
        form = form_view(NAMES, values, {kept.field: kept.reason})
        return _shown(here, form, chosen, shown), 422
    flash("The program is kept.")
    return redirect("/admin/programs", code=303)


@pages.post("/applications/<uuid:application_id>/<any(accept, decline):decision>")
@asks(KEEP_PROGRAMS)
def decide_one(application_id: UUID, decision: str) -> Page:
    here = call()
    done = attempt(
        lambda: decide(
            here.ports,
            actor=here.who,
            application_id=ProgramApplicationId(application_id),
            status=DECISIONS[decision],
            reason=typed(("reason",))["reason"],
        ),
        InvalidField,
        Conflict,
    )
    if isinstance(done, InvalidField):
        flash(done.reason, "bad")
    elif isinstance(done, Refusal):
        flash(done.title, "bad")
    else:
        flash("They are told on their page.")
    return redirect("/admin/programs", code=303)
