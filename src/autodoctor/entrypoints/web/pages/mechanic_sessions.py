"""A mechanic's sessions: the list, and the report that ends each."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.room import WRITE_REPORT
from autodoctor.application.access.sessions import END, LIST
from autodoctor.application.room.report import amend_report, notes_of, report_of, write_report
from autodoctor.application.sessions.ending import end_session
from autodoctor.application.sessions.views import session_view, sessions
from autodoctor.domain.room.report import ReportWritten, TooManyAmendments
from autodoctor.domain.sessions.reporting import ReportTooEarly
from autodoctor.domain.sessions.states import IN_ROOM
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import FormView, asked, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.mechanic_history import NAMES, filter_of, history_view
from autodoctor.entrypoints.web.pages.mechanic_report import (
    AMENDMENT,
    FIELDS,
    mistakes,
    report_view,
    too_short,
)
from autodoctor.entrypoints.web.pages.paging import place_of
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.ports.queries import SessionView

Page = str | tuple[str, int] | Response

pages = Blueprint("mechanic_sessions", __name__)


@pages.get("/mechanic/sessions")
@asks(LIST.by(Role.MECHANIC))
def history() -> Page:
    here, place = call(), place_of(request.args)
    values = asked(NAMES)
    found = sessions(here.ports, actor=here.who, which=filter_of(values, place))
    view = history_view(found, values, place, when(here))
    return render_template("mechanic/sessions.html", view=view)


@pages.get("/mechanic/session/<uuid:session_id>/complete")
@asks(WRITE_REPORT)
def report(session_id: UUID) -> Page:
    return _shown(call(), SessionId(session_id))


@pages.post("/mechanic/session/<uuid:session_id>/complete")
@asks(WRITE_REPORT)
def complete(session_id: UUID) -> Page:
    here, values = call(), typed(FIELDS)
    if errors := mistakes(values):
        return _shown(here, SessionId(session_id), form=form_view(FIELDS, values, errors)), 422
    own = SessionId(session_id)
    refused = attempt(
        lambda: write_report(here.ports, actor=here.who, session_id=own, **values),
        *(ReportWritten, ReportTooEarly),
    )
    if isinstance(refused, ReportTooEarly):
        errors = {FIELDS[0]: refused.title}
        return _shown(here, own, form=form_view(FIELDS, values, errors)), 409
    _ended(here, own)
    return redirect("/mechanic/dashboard", code=303)


@pages.post("/mechanic/session/<uuid:session_id>/end")
@asks(END.by(Role.MECHANIC))
def end(session_id: UUID) -> Page:
    here = call()
    _ended(here, SessionId(session_id))
    return redirect(f"/mechanic/session/{session_id}/complete", code=303)


@pages.post("/mechanic/session/<uuid:session_id>/amend")
@asks(WRITE_REPORT)
def amend(session_id: UUID) -> Page:
    here, own, text = call(), SessionId(session_id), typed((AMENDMENT,))[AMENDMENT]
    refused = attempt(
        lambda: amend_report(here.ports, actor=here.who, session_id=own, text=text),
        InvalidField,
        TooManyAmendments,
    )
    if isinstance(refused, InvalidField | TooManyAmendments):
        wrong = refused.reason if isinstance(refused, InvalidField) else refused.title
        form = form_view((AMENDMENT,), {AMENDMENT: text}, {AMENDMENT: wrong})
        return _shown(here, own, amendment=form), 422
    flash("Added. The customer sees it below the report.")
    return redirect(f"/mechanic/session/{session_id}/complete", code=303)


def _ended(here: Call, session_id: SessionId) -> None:
    """The conversation ends if it still runs; says what became of it."""
    view = _own(here, session_id)
    if view.status in IN_ROOM:
        end_session(here.ports, actor=here.who, session_id=session_id)
        view = _own(here, session_id)
    name = view.customer_name.split(" ")[0]
    if short := too_short(view):
        flash(short, "bad")
    elif view.report_written:
        flash(f"{name} has your report. Ready for the next customer.")


def _own(here: Call, session_id: SessionId) -> SessionView:
    return session_view(here.ports, actor=here.who, session_id=session_id)


def _shown(
    here: Call,
    session_id: SessionId,
    *,
    form: FormView | None = None,
    amendment: FormView | None = None,
) -> str:
    view = report_view(
        _own(here, session_id),
        report_of(here.ports, actor=here.who, session_id=session_id),
        notes_of(here.ports, actor=here.who, session_id=session_id),
        when(here),
        form=form,
        amendment=amendment,
    )
    return render_template("mechanic/report.html", view=view)
