"""Mechanics' applications: the list, one beside its documents, and the decision."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.vetting import DECIDE, REVIEW
from autodoctor.application.mechanics.papers import review_document
from autodoctor.application.vetting import decide
from autodoctor.application.vetting.applications import (
    applicant,
    application_id_of,
    applications,
    paper_of,
)
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import ApplicationId, DocumentId, MechanicId
from autodoctor.domain.vetting.application import Application
from autodoctor.domain.vetting.document import DocumentReviewedAlready
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.file_links import file_link
from autodoctor.entrypoints.web.pages.application_list import NAMES, PATH, filter_of, list_view
from autodoctor.entrypoints.web.pages.application_view import detail_view
from autodoctor.entrypoints.web.pages.forms import asked, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.numbered import turn_of
from autodoctor.entrypoints.web.pages.people import when

Page = str | tuple[str, int] | Response

FIELDS: Final = ("note", "question", "reason", "papers")

pages = Blueprint("admin_applications", __name__, url_prefix=PATH)


@pages.get("")
@asks(DECIDE)
def listed() -> str:
    here, turn = call(), turn_of(request.args)
    values = asked(NAMES)
    found = applications(here.ports, actor=here.who, which=filter_of(values, turn))
    view = list_view(found, values, turn, when(here))
    return render_template("admin/applications.html", view=view)


@pages.get("/<uuid:mechanic_id>")
@asks(DECIDE)
def one(mechanic_id: UUID) -> str:
    return _page(call(), MechanicId(mechanic_id), {}, {})


def _page(
    here: Call, mechanic_id: MechanicId, values: Mapping[str, str], errors: Mapping[str, str]
) -> str:
    found = applicant(here.ports, actor=here.who, mechanic_id=mechanic_id)
    form = form_view(FIELDS, values, errors)
    view = detail_view(found, when(here))
    return render_template("admin/application.html", view=view, form=form)


@pages.get("/<uuid:mechanic_id>/papers/<uuid:document_id>")
@asks(DECIDE)
def paper(mechanic_id: UUID, document_id: UUID) -> Response:
    """Leads to a link that is good for an hour."""
    here = call()
    file = paper_of(
        here.ports,
        actor=here.who,
        mechanic_id=MechanicId(mechanic_id),
        document_id=DocumentId(document_id),
    )
    return redirect(file_link(here, file.id), code=302)


@pages.post("/<uuid:mechanic_id>/papers/<uuid:document_id>/<any(accept, refuse):verdict>")
@asks(REVIEW)
def review(mechanic_id: UUID, document_id: UUID, verdict: str) -> Page:
    here, key, values = call(), MechanicId(mechanic_id), typed(("why", "last_day"))
    paper_of(here.ports, actor=here.who, mechanic_id=key, document_id=DocumentId(document_id))
    done = attempt(
        lambda: review_document(
            here.ports,
            actor=here.who,
            document_id=DocumentId(document_id),
            approved=verdict == "accept",
            reason=values["why"],
            expires_on=_day(values["last_day"]),
        ),
        InvalidField,
        DocumentReviewedAlready,
    )
    if isinstance(done, InvalidField):
        return _page(here, key, {}, {"papers": done.reason}), 422
    if isinstance(done, Refusal):
        return _page(here, key, {}, {"papers": done.title}), 409
    flash("The document is accepted." if verdict == "accept" else "Refused. They are mailed why.")
    return redirect(f"{PATH}/{mechanic_id}#papers", code=303)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidField("last_day", "A day such as 2027-01-31.") from None


Step = Callable[[Call, ApplicationId, Mapping[str, str]], Application]


def _decided(mechanic_id: UUID, step: Step, said: str, *, field: str = "form") -> Page:
    """What is wrong with a text stands at its field."""
    here, key, values = call(), MechanicId(mechanic_id), typed(FIELDS)
    found = application_id_of(here.ports, actor=here.who, mechanic_id=key)
    done = attempt(lambda: step(here, found, values), InvalidField)
    if isinstance(done, InvalidField):
        return _page(here, key, values, {field: done.reason}), 422
    flash(said)
    return redirect(f"{PATH}/{mechanic_id}", code=303)


@pages.post("/<uuid:mechanic_id>/review")
@asks(DECIDE)
def begin(mechanic_id: UUID) -> Page:
    def step(here: Call, key: ApplicationId, _: Mapping[str, str]) -> Application:
        return decide.begin_review(here.ports, actor=here.who, application_id=key)

    return _decided(mechanic_id, step, "Others see now that somebody is at it.")


@pages.post("/<uuid:mechanic_id>/approve")
@asks(DECIDE)
def approve(mechanic_id: UUID) -> Page:
    def step(here: Call, key: ApplicationId, values: Mapping[str, str]) -> Application:
        note = values["note"]
        return decide.approve(here.ports, actor=here.who, application_id=key, reason=note)

    return _decided(mechanic_id, step, "Approved. They are mailed.", field="note")


@pages.post("/<uuid:mechanic_id>/question")
@asks(DECIDE)
def ask(mechanic_id: UUID) -> Page:
    def step(here: Call, key: ApplicationId, values: Mapping[str, str]) -> Application:
        question = values["question"]
        return decide.ask(here.ports, actor=here.who, application_id=key, question=question)

    return _decided(mechanic_id, step, "Asked. They are mailed.", field="question")


@pages.post("/<uuid:mechanic_id>/reject")
@asks(DECIDE)
def reject(mechanic_id: UUID) -> Page:
    def step(here: Call, key: ApplicationId, values: Mapping[str, str]) -> Application:
        reason = values["reason"]
        return decide.reject(here.ports, actor=here.who, application_id=key, reason=reason)

    return _decided(mechanic_id, step, "Rejected. They are mailed the reason.", field="reason")
