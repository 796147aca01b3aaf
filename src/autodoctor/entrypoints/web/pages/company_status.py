"""Where a company's application stands: the page of a company that is not approved."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.corporate import STANDING
from autodoctor.application.access.vetting import ANSWER, DOCUMENTS
from autodoctor.application.corporate.applying import standing
from autodoctor.application.corporate.papers import papers, show_paper
from autodoctor.application.vetting.decide import answer
from autodoctor.application.vetting.papers import PapersFull
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

pages = Blueprint("company_status", __name__, url_prefix="/corporate/status")

COMPANY: Final = Business(
    path="/corporate",
    what="company",
    welcome=("Your company is in", "Set up your departments, and begin."),
    steps=("Your company", "Our review", "Open for your people"),
)


@pages.get("")
@asks(STANDING)
def where_it_stands() -> Page:
    here = call()
    if here.who.organization_id is None:
        return redirect("/corporate/register")
    return _shown(here, form_view(ASKED))


@pages.post("")
@asks(ANSWER.by(Role.CORPORATE))
def give_answer() -> Page:
    here, values = call(), typed(ASKED)
    company = standing(here.ports, actor=here.who).organization
    told = attempt(
        lambda: answer(here.ports, actor=here.who, subject_id=company.id, answer=values["answer"]),
        InvalidField,
        ApplicationElsewhere,
    )
    if isinstance(told, InvalidField):
        return _shown(here, form_view(ASKED, values, {told.field: told.reason})), 422
    if isinstance(told, ApplicationElsewhere):
        flash(told.title, "bad")
    return redirect("/corporate/status", code=303)


@pages.post("/papers")
@asks(DOCUMENTS.by(Role.CORPORATE))
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
    return redirect("/corporate/status", code=303)


def _shown(here: Call, form: FormView) -> str:
    """Papers are for those whose seat shows them."""
    found, may_send = standing(here.ports, actor=here.who), manages(here.who)
    view = status_view(
        COMPANY,
        found.organization.name,
        found.application,
        papers(here.ports, actor=here.who) if may_send else (),
        when(here),
        verified=here.person.verified,
        may_send=may_send,
        form=form,
    )
    return render_template("accounts/application.html", view=view)
