"""Where a workshop's application stands: the only page of a workshop that is not approved."""

from typing import Final

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.vetting import ANSWER
from autodoctor.application.access.workshops import STANDING
from autodoctor.application.vetting.decide import answer
from autodoctor.application.workshops.applying import Standing, standing
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.vetting.application import ApplicationElsewhere, ApplicationStatus
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.parts import Fact, Step, StepState
from autodoctor.entrypoints.web.views import Tone

Page = str | tuple[str, int] | Response
S = ApplicationStatus

pages = Blueprint("workshop_status", __name__, url_prefix="/workshop/status")

_ASKED: Final = ("answer",)
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
        form=form,
    )


def _steps(reached: int) -> tuple[Step, ...]:
    def state(place: int) -> StepState:
        if place < reached:
            return StepState.DONE
        return StepState.CURRENT if place == reached else StepState.AHEAD

    return tuple(Step(label, state(place)) for place, label in enumerate(_STEPS))
