"""The pages on which a business reads where its application stands, answers and sends papers: the
same for a workshop and for a company."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.may import Action
from autodoctor.application.access.vetting import ANSWER, DOCUMENTS
from autodoctor.application.vetting.decide import answer
from autodoctor.application.vetting.papers import PapersFull
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import FileId
from autodoctor.domain.vetting.application import Application, ApplicationElsewhere
from autodoctor.domain.vetting.document import Document
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.body_limits import PAPER_BYTES_MAX, takes
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.business_status_view import ASKED, Business, status_view
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.sent_file import take_paper
from autodoctor.entrypoints.web.pages.team_lines import manages
from autodoctor.ports.bundle import Ports
from autodoctor.ports.files import FileNotAcceptable, FileTooLarge

Page = str | tuple[str, int] | Response


class ShowPaper(Protocol):
    def __call__(self, ports: Ports, *, actor: Actor, file_id: FileId) -> Document: ...


class Papers(Protocol):
    def __call__(self, ports: Ports, *, actor: Actor) -> tuple[Document, ...]: ...


@attrs.frozen
class Found:
    """A business of that name and its application."""

    id: UUID
    name: str
    application: Application


@attrs.frozen(kw_only=True)
class Applicants:
    """A kind of business; `has_one` says whether somebody has told of theirs yet, `find` raises
    its own refusal where they have not."""

    business: Business
    role: Role
    standing: Action
    has_one: Callable[[Actor], bool]
    find: Callable[[Ports, Actor], Found]
    papers: Papers
    show_paper: ShowPaper


def status_pages(name: str, kind: Applicants) -> Blueprint:
    pages = Blueprint(name, __name__, url_prefix=f"{kind.business.path}/status")

    @pages.get("")
    @asks(kind.standing)
    def where_it_stands() -> Page:
        return _where_it_stands(kind)

    @pages.post("")
    @asks(ANSWER.by(kind.role))
    def give_answer() -> Page:
        return _give_answer(kind)

    @pages.post("/papers")
    @asks(DOCUMENTS.by(kind.role))
    @takes(PAPER_BYTES_MAX)
    def send_paper() -> Page:
        return _send_paper(kind)

    return pages


def _where_it_stands(kind: Applicants) -> Page:
    here = call()
    if not kind.has_one(here.who):
        return redirect(f"{kind.business.path}/register")
    return _shown(kind, here, form_view(ASKED))


def _give_answer(kind: Applicants) -> Page:
    here, values = call(), typed(ASKED)
    found = kind.find(here.ports, here.who)
    told = attempt(
        lambda: answer(here.ports, actor=here.who, subject_id=found.id, answer=values["answer"]),
        InvalidField,
        ApplicationElsewhere,
    )
    if isinstance(told, InvalidField):
        return _shown(kind, here, form_view(ASKED, values, {told.field: told.reason})), 422
    if isinstance(told, ApplicationElsewhere):
        flash(told.title, "bad")
    return redirect(f"{kind.business.path}/status", code=303)


def _send_paper(kind: Applicants) -> Page:
    here = call()
    kind.find(here.ports, here.who)

    def send() -> Document:
        file_id = FileId(take_paper(here, "paper").id)
        return kind.show_paper(here.ports, actor=here.who, file_id=file_id)

    done = attempt(send, InvalidField, FileTooLarge, FileNotAcceptable, PapersFull)
    if isinstance(done, Refusal):
        reason = getattr(done, "reason", "") or done.title
        return _shown(kind, here, form_view(ASKED, {}, {"paper": reason})), 422
    flash("Thank you. We look at it with your application.")
    return redirect(f"{kind.business.path}/status", code=303)


def _shown(kind: Applicants, here: Call, form: FormView) -> str:
    """Papers are for those whose seat shows them."""
    found, may_send = kind.find(here.ports, here.who), manages(here.who)
    view = status_view(
        kind.business,
        found.name,
        found.application,
        kind.papers(here.ports, actor=here.who) if may_send else (),
        when(here),
        verified=here.person.verified,
        may_send=may_send,
        form=form,
    )
    return render_template("accounts/application.html", view=view)
