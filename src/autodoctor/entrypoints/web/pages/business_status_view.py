"""Where the application of a business stands, as ready strings: of a workshop, of a company."""

from typing import Final

import attrs

from autodoctor.domain.vetting.application import Application, ApplicationStatus
from autodoctor.domain.vetting.document import Document, DocumentStatus
from autodoctor.entrypoints.web.pages.forms import FormView
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Fact, Step, StepState, Table
from autodoctor.entrypoints.web.views import Tone

S = ApplicationStatus

ASKED: Final = ("answer", "paper")
SENTENCES: Final = {
    S.DRAFT: (
        "Confirm your address first",
        "Open the link that we mailed you. Then we look at your application.",
        Tone.INFO,
    ),
    S.SUBMITTED: (
        "We have received your application",
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
_REACHED: Final = {S.DRAFT: 0, S.APPROVED: 3}


@attrs.frozen(kw_only=True)
class Business:
    """What a kind of business reads otherwise than another; its pages stand under `path`."""

    path: str
    what: str
    welcome: tuple[str, str]
    steps: tuple[str, str, str]


@attrs.frozen(kw_only=True)
class StatusView:
    path: str
    what: str
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


def status_view(
    business: Business,
    name: str,
    application: Application,
    papers: tuple[Document, ...],
    when: When,
    *,
    verified: bool,
    may_send: bool,
    form: FormView,
) -> StatusView:
    approved = application.status is S.APPROVED
    welcome = (*business.welcome, Tone.OK)
    title, sentence, tone = welcome if approved else SENTENCES[application.status]
    submitted = application.submitted_at
    handed_in = when.moment(submitted) if submitted else "Not yet"
    return StatusView(
        path=business.path,
        what=business.what,
        title=title,
        sentence=sentence,
        tone=tone,
        steps=_steps(business, _REACHED.get(application.status, 1)),
        facts=(Fact(business.what.capitalize(), name), Fact("Handed in", handed_in)),
        question="" if approved else application.question,
        reason=application.reason,
        unverified=not verified,
        asked=application.status is S.MORE_INFORMATION_REQUIRED,
        approved=approved,
        papers=papers_table(papers, when),
        may_send=may_send,
        form=form,
    )


def papers_table(found: tuple[Document, ...], when: When) -> Table:
    rows = tuple(_paper(each, when) for each in found)
    return Table("Papers you have sent", PAPER_COLUMNS, rows, "No papers yet.")


def _paper(document: Document, when: When) -> tuple[Cell, ...]:
    label, tone = PAPER_STATES[document.status]
    sent = Cell(when.moment(document.uploaded_at))
    return (sent, Cell(label, tone=tone), Cell(document.reason or "—"))


def _steps(business: Business, reached: int) -> tuple[Step, ...]:
    def state(place: int) -> StepState:
        if place < reached:
            return StepState.DONE
        return StepState.CURRENT if place == reached else StepState.AHEAD

    return tuple(Step(label, state(place)) for place, label in enumerate(business.steps))
