"""Where a mechanic's application stands, and what they can do about it."""

from datetime import datetime
from typing import Final

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.mechanics import APPLY
from autodoctor.application.access.vetting import ANSWER
from autodoctor.application.mechanics.applying import application, try_again
from autodoctor.application.mechanics.documents import documents
from autodoctor.application.vetting.decide import answer
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.vetting.application import (
    Application,
    ApplicationElsewhere,
    ApplicationStatus,
)
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.document_views import needed
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Step, StepState
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.stores import Missing

Page = str | tuple[str, int] | Response
S = ApplicationStatus

pages = Blueprint("mechanic_status", __name__, url_prefix="/mechanic/status")

SENTENCES: Final = {
    S.DRAFT: (
        "Your application is not handed in yet",
        "Everything you have typed is kept. Go on where you left off.",
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
    S.APPROVED: (
        "You are in",
        "Complete your profile, set up your payouts, and go on shift.",
        Tone.OK,
    ),
    S.REJECTED: (
        "We cannot let you in as things are",
        "You can change what is missing and hand in again.",
        Tone.BAD,
    ),
}
_PLACES: Final = {
    S.DRAFT: 0,
    S.SUBMITTED: 1,
    S.MORE_INFORMATION_REQUIRED: 1,
    S.UNDER_REVIEW: 1,
    S.REJECTED: 2,
    S.APPROVED: 3,
}


@attrs.frozen(kw_only=True)
class StatusView:
    """One of `draft`, `asked`, `rejected`, `approved` at most says what can be done; `papers` are
    documents that are still needed."""

    title: str
    sentence: str
    tone: Tone
    steps: tuple[Step, ...]
    when: str
    question: str
    answer: str
    reason: str
    form: FormView
    draft: bool
    asked: bool
    rejected: bool
    approved: bool
    papers: tuple[str, ...]


def status_view(
    found: Application, told: When, form: FormView, *, papers: tuple[str, ...] = ()
) -> StatusView:
    title, sentence, tone = SENTENCES[found.status]
    place = _PLACES[found.status]
    return StatusView(
        title=title,
        sentence=sentence,
        tone=tone,
        steps=tuple(
            Step(label, _state(at, place))
            for at, label in enumerate(("Written", "Looked at", "Decided"))
        ),
        when=_since(found.decided_at or found.submitted_at, told, decided=bool(found.decided_at)),
        question=found.question,
        answer=found.answer,
        reason=found.reason if found.status is S.REJECTED else "",
        form=form,
        draft=found.status is S.DRAFT,
        asked=found.status is S.MORE_INFORMATION_REQUIRED,
        rejected=found.status is S.REJECTED,
        approved=found.status is S.APPROVED,
        papers=() if found.status in (S.DRAFT, S.REJECTED) else papers,
    )


def _state(at: int, place: int) -> StepState:
    if at == place:
        return StepState.CURRENT
    return StepState.DONE if at < place else StepState.AHEAD


def _since(at: datetime | None, told: When, *, decided: bool) -> str:
    if at is None:
        return ""
    return f"{'Decided' if decided else 'Handed in'} {told.within(at)}"


@pages.get("")
@asks(APPLY)
def status() -> Page:
    here = call()
    found = attempt(lambda: application(here.ports, actor=here.who), Missing)
    if isinstance(found, Missing):
        return redirect("/mechanic/dashboard")
    return _status(here, found, form_view(("answer",)))


def _status(here: Call, found: Application, form: FormView) -> str:
    papers = needed(documents(here.ports, actor=here.who), today=here.ports.now().date())
    view = status_view(found, when(here), form, papers=papers)
    return render_template("mechanic/status.html", view=view)


@pages.post("/answer")
@asks(ANSWER.by(Role.MECHANIC))
def give_answer() -> Page:
    here, values = call(), typed(("answer",))
    done = attempt(
        lambda: answer(
            here.ports, actor=here.who, subject_id=here.who.mechanic_id, answer=values["answer"]
        ),
        InvalidField,
    )
    if isinstance(done, InvalidField):
        found = application(here.ports, actor=here.who)
        return _status(here, found, form_view(("answer",), values, {done.field: done.reason})), 422
    flash("Thank you. Your application goes on.")
    return redirect("/mechanic/status", code=303)


@pages.post("/again")
@asks(APPLY)
def again() -> Page:
    here = call()
    try_again(here.ports, actor=here.who)
    return redirect("/mechanic/signup", code=303)


@pages.errorhandler(ApplicationElsewhere)
def elsewhere(_refusal: ApplicationElsewhere) -> Page:
    flash("Your application has moved on meanwhile.", "bad")
    return redirect("/mechanic/status", code=303)
