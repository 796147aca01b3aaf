"""Where a workshop's application stands: the only page of a workshop that is not approved."""

from typing import Final

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.vetting import ANSWER, DOCUMENTS
from autodoctor.application.access.workshops import STANDING
from autodoctor.application.vetting.decide import answer
from autodoctor.application.workshops.applying import Standing, standing
from autodoctor.application.workshops.papers import PapersFull, papers, show_paper
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import FileId
from autodoctor.domain.vetting.application import ApplicationElsewhere, ApplicationStatus
from autodoctor.domain.vetting.document import Document, DocumentStatus
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.sent_file import take_file
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.pages.workshop_team_view import manages
from autodoctor.entrypoints.web.parts import Cell, Column, Fact, Step, StepState, Table
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.files import FileNotAcceptable, FileTooLarge

Page = str | tuple[str, int] | Response
S = ApplicationStatus

pages = Blueprint("workshop_status", __name__, url_prefix="/workshop/status")

_ASKED: Final = ("answer", "paper")
SENTENCES: Final = {
    S.DRAFT: ("Your application is not handed in yet", "Tell us the rest.", Tone.INFO),
    S.SUBMITTED: (
        "Your application is with us",
        "Somebody looks at it within two working days, and we write to you.",
        Tone.INFO,
    ),
    S.UNDER_REVIEW: (
        "Somebody is looking at your application",
        "We write to you as soon as it is decided.",
        Tone.INFO,
    ),
    S.MORE_INFORMATION_REQUIRED: (
        "We have a question",
        "Your application goes on as soon as you have answered.",
        Tone.WARN,
    ),
    S.APPROVED: ("Your workshop is in", "Invite your mechanics, and begin.", Tone.OK),
    S.REJECTED: (
        "We cannot let you in as things are",
        "You can change what is missing and hand in again.",
        Tone.BAD,
    ),
}
PAPER_COLUMNS: Final = (Column("Sent"), Column("State"), Column("Why"))
PAPER_STATES: Final = {
    DocumentStatus.PENDING: ("Being looked at", Tone.INFO),
    DocumentStatus.APPROVED: ("Accepted", Tone.OK),
    DocumentStatus.REJECTED: ("Refused", Tone.BAD),
}
_STEPS: Final = ("Your business", "Our review", "Open for work")
_REACHED: Final = {S.DRAFT: 0, S.APPROVED: 3}


@attrs.frozen(kw_only=True)
class StatusView:
    name: str
    title: str
    sentence: str
    tone: Tone
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...]
    question: str
    reason: str
    unverified: bool
    asked: bool
    approved: bool
    papers: Table
    may_send: bool
    form: FormView


@pages.get("")
@asks(STANDING)
def where_it_stands() -> Page:
    here = call()
    if here.who.workshop_id is None:
        return redirect("/workshop/register")
    return _shown(here, form_view(_ASKED))


@pages.post("")
@asks(ANSWER.by(Role.WORKSHOP))
def give_answer() -> Page:
    here, values = call(), typed(_ASKED)
    workshop = standing(here.ports, actor=here.who).workshop
    told = attempt(
        lambda: answer(here.ports, actor=here.who, subject_id=workshop.id, answer=values["answer"]),
        InvalidField,
        ApplicationElsewhere,
    )
    if isinstance(told, InvalidField):
        return _shown(here, form_view(_ASKED, values, {told.field: told.reason})), 422
    if isinstance(told, ApplicationElsewhere):
        flash(told.title, "bad")
    return redirect("/workshop/status", code=303)


@pages.post("/papers")
@asks(DOCUMENTS.by(Role.WORKSHOP))
def send_paper() -> Page:
    here = call()
    standing(here.ports, actor=here.who)
    done = attempt(
        lambda: show_paper(here.ports, actor=here.who, file_id=FileId(take_file(here, "paper").id)),
        *(InvalidField, FileTooLarge, FileNotAcceptable, PapersFull),
    )
    if isinstance(done, Refusal):
        reason = getattr(done, "reason", "") or done.title
        return _shown(here, form_view(_ASKED, {}, {"paper": reason})), 422
    flash("Thank you. We look at it with your application.")
    return redirect("/workshop/status", code=303)


def _own_papers(here: Call) -> tuple[Document, ...]:
    """None for those whose seat does not show them."""
    return papers(here.ports, actor=here.who) if manages(here.who) else ()


def papers_table(found: tuple[Document, ...], when: When) -> Table:
    rows = tuple(_paper(each, when) for each in found)
    return Table("Papers you have sent", PAPER_COLUMNS, rows, "No papers yet.")


def _paper(document: Document, when: When) -> tuple[Cell, ...]:
    label, tone = PAPER_STATES[document.status]
    sent = Cell(when.moment(document.uploaded_at))
    return (sent, Cell(label, tone=tone), Cell(document.reason or "—"))


def _shown(here: Call, form: FormView) -> str:
    found = standing(here.ports, actor=here.who)
    return render_template("workshop/status.html", view=status_view(here, found, form))


def status_view(here: Call, found: Standing, form: FormView) -> StatusView:
    application = found.application
    title, sentence, tone = SENTENCES[application.status]
    submitted = application.submitted_at
    handed_in = when(here).moment(submitted) if submitted else "Not yet"
    return StatusView(
        name=found.workshop.name,
        title=title,
        sentence=sentence,
        tone=tone,
        steps=_steps(_REACHED.get(application.status, 1)),
        facts=(Fact("Workshop", found.workshop.name), Fact("Handed in", handed_in)),
        question=application.question if application.status is not S.APPROVED else "",
        reason=application.reason,
        unverified=not here.person.verified,
        asked=application.status is S.MORE_INFORMATION_REQUIRED,
        approved=application.status is S.APPROVED,
        papers=papers_table(_own_papers(here), when(here)),
        may_send=manages(here.who),
        form=form,
    )


def _steps(reached: int) -> tuple[Step, ...]:
    def state(place: int) -> StepState:
        if place < reached:
            return StepState.DONE
        return StepState.CURRENT if place == reached else StepState.AHEAD

    return tuple(Step(label, state(place)) for place, label in enumerate(_STEPS))
