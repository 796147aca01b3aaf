"""Workshops as staff see them: the list, one of them with all it told, and decisions."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

import attrs
from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.vetting import DECIDE, REVIEW
from autodoctor.application.access.workshops import OVERSEE, PUT_OUT
from autodoctor.application.vetting.papers import paper_file, papers_of
from autodoctor.application.workshops.overseeing import (
    approve_workshop,
    ask_workshop,
    dossier,
    reactivate_workshop,
    reject_workshop,
    suspend_workshop,
    workshops,
)
from autodoctor.domain.shared.errors import Conflict, InvalidField, Refusal
from autodoctor.domain.shared.ids import DocumentId, WorkshopId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.file_links import file_link
from autodoctor.entrypoints.web.pages.admin_workshops_view import (
    dossier_view,
    listed_view,
    shown_of,
)
from autodoctor.entrypoints.web.pages.forms import attempt, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.ports.workshop_queries import WorkshopFilter, WorkshopsShown

Page = str | tuple[str, int] | Response

pages = Blueprint("admin_workshops", __name__, url_prefix="/admin/workshops")

PAGE_SIZE: Final = 50


@attrs.frozen
class Decision:
    """Something done to one workshop with what was typed, and what is said afterwards."""

    step: Callable[..., object]
    typed_as: str
    said: str


DECISIONS: Final = {
    "approve": Decision(approve_workshop, "reason", "The workshop is in."),
    "reject": Decision(reject_workshop, "reason", "The workshop is turned down, and told why."),
    "ask": Decision(ask_workshop, "question", "Your question is on its way."),
    "suspend": Decision(suspend_workshop, "reason", "The workshop is suspended."),
    "reactivate": Decision(reactivate_workshop, "reason", "The workshop is back."),
}


@pages.get("")
@asks(OVERSEE)
def listed() -> Page:
    return _listed(shown_of(request.args.get("shown", "")), "/admin/workshops")


@pages.get("/applications")
@asks(OVERSEE)
def applications() -> Page:
    return _listed(WorkshopsShown.APPLYING, "/admin/workshops/applications")


def _listed(shown: WorkshopsShown, path: str) -> str:
    here, text = call(), request.args.get("search", "").strip()[:200]
    asked = request.args.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 5 else 1
    which = WorkshopFilter(shown=shown, text=text, page=max(page, 1), page_size=PAGE_SIZE)
    found = workshops(here.ports, actor=here.who, which=which)
    view = listed_view(found, which, when(here), path=path)
    return render_template("admin/workshops.html", view=view)


@pages.get("/<uuid:workshop_id>")
@asks(OVERSEE)
def one(workshop_id: UUID) -> Page:
    return _shown(call(), WorkshopId(workshop_id))


def _shown(here: Call, workshop_id: WorkshopId, error: str = "") -> str:
    found = dossier(here.ports, actor=here.who, workshop_id=workshop_id)
    shown = papers_of(here.ports, actor=here.who, subject_id=workshop_id)
    view = dossier_view(found, shown, when(here), error)
    return render_template("admin/workshop.html", view=view)


@pages.get("/<uuid:workshop_id>/papers/<uuid:document_id>")
@asks(REVIEW)
def paper(workshop_id: UUID, document_id: UUID) -> Page:
    """To a link that is good for an hour, made when it is asked for."""
    here = call()
    found = paper_file(
        here.ports,
        actor=here.who,
        subject_id=workshop_id,
        document_id=DocumentId(document_id),
    )
    return redirect(file_link(here, found.id))


@pages.post("/<uuid:workshop_id>/<any(approve, reject, ask):decision>")
@asks(DECIDE)
def decide(workshop_id: UUID, decision: str) -> Page:
    return _do(WorkshopId(workshop_id), DECISIONS[decision])


@pages.post("/<uuid:workshop_id>/<any(suspend, reactivate):decision>")
@asks(PUT_OUT)
def put_out(workshop_id: UUID, decision: str) -> Page:
    return _do(WorkshopId(workshop_id), DECISIONS[decision])


def _do(workshop_id: WorkshopId, decision: Decision) -> Page:
    here = call()
    given = typed((decision.typed_as,))
    done = attempt(
        lambda: decision.step(here.ports, actor=here.who, workshop_id=workshop_id, **given),
        InvalidField,
        Conflict,
    )
    if isinstance(done, InvalidField):
        return _shown(here, workshop_id, done.reason), 422
    if isinstance(done, Refusal):
        return _shown(here, workshop_id, done.title), 409
    flash(decision.said)
    return redirect(f"/admin/workshops/{workshop_id}", code=303)
