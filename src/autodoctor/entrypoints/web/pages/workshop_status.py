"""Where a workshop's application stands: the only page of a workshop that is not approved."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.vetting import ANSWER, DOCUMENTS
from autodoctor.application.access.workshops import STANDING
from autodoctor.application.vetting.decide import answer
from autodoctor.application.vetting.papers import PapersFull
from autodoctor.application.workshops.applying import standing
from autodoctor.application.workshops.papers import papers, show_paper
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import FileId
from autodoctor.domain.vetting.application import ApplicationElsewhere
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.business_status import ASKED, Business, status_view
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.sent_file import take_file
from autodoctor.entrypoints.web.pages.team_lines import manages
from autodoctor.ports.files import FileNotAcceptable, FileTooLarge

Page = str | tuple[str, int] | Response

pages = Blueprint("workshop_status", __name__, url_prefix="/workshop/status")

WORKSHOP: Final = Business(
    path="/workshop",
    what="workshop",
    welcome=("Your workshop is in", "Invite your mechanics, and begin."),
    steps=("Your business", "Our review", "Open for work"),
)


@pages.get("")
@asks(STANDING)
def where_it_stands() -> Page:
    here = call()
    if here.who.workshop_id is None:
        return redirect("/workshop/register")
    return _shown(here, form_view(ASKED))


@pages.post("")
@asks(ANSWER.by(Role.WORKSHOP))
def give_answer() -> Page:
    here, values = call(), typed(ASKED)
    workshop = standing(here.ports, actor=here.who).workshop
    told = attempt(
        lambda: answer(here.ports, actor=here.who, subject_id=workshop.id, answer=values["answer"]),
        InvalidField,
        ApplicationElsewhere,
    )
    if isinstance(told, InvalidField):
        return _shown(here, form_view(ASKED, values, {told.field: told.reason})), 422
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
        return _shown(here, form_view(ASKED, {}, {"paper": reason})), 422
    flash("Thank you. We look at it with your application.")
    return redirect("/workshop/status", code=303)


def _shown(here: Call, form: FormView) -> str:
    """Papers are for those whose seat shows them."""
    found, may_send = standing(here.ports, actor=here.who), manages(here.who)
    view = status_view(
        WORKSHOP,
        found.workshop.name,
        found.application,
        papers(here.ports, actor=here.who) if may_send else (),
        when(here),
        verified=here.person.verified,
        may_send=may_send,
        form=form,
    )
    return render_template("accounts/application.html", view=view)
