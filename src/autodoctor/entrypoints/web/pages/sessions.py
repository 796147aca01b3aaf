"""A session's one address: it leads to where the session is. The waiting room, and cancelling."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.room import FILES
from autodoctor.application.access.sessions import CANCEL, SEE
from autodoctor.application.matching.find import online_count
from autodoctor.application.room.files import files_of
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.application.sessions.views import session_view
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import FileId, SessionId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.file_links import file_link
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.session_places import CANCELLABLE, place_of
from autodoctor.entrypoints.web.pages.waiting_view import cancel_view, waiting_view
from autodoctor.ports.queries import SessionView
from autodoctor.ports.stores import Missing

Page = str | Response

pages = Blueprint("sessions", __name__, url_prefix="/session/<uuid:session_id>")


@pages.get("")
@asks(SEE)
def place(session_id: UUID) -> Page:
    here = call()
    found = session_view(here.ports, actor=here.who, session_id=SessionId(session_id))
    elsewhere = place_of(
        found.id, found.status, here.who.role, started=found.started_at is not None
    )
    return redirect(elsewhere) if elsewhere else _waiting(here, found)


def _waiting(here: Call, found: SessionView) -> str:
    if found.request_id is None:
        raise Missing("request")
    view = waiting_view(
        found,
        here.ports.queries.requests.one(found.request_id),
        online=online_count(here.ports),
        table=here.ports.rules.cancellation,
        when=when(here),
    )
    return render_template("booking/waiting.html", view=view)


@pages.get("/cancel")
@asks(CANCEL.by(Role.CUSTOMER))
def ask_cancel(session_id: UUID) -> Page:
    here = call()
    found = session_view(here.ports, actor=here.who, session_id=SessionId(session_id))
    if found.status not in CANCELLABLE:
        return redirect(f"/session/{session_id}")
    view = cancel_view(found, table=here.ports.rules.cancellation, when=when(here))
    return render_template("booking/cancel.html", view=view)


@pages.post("/cancel")
@asks(CANCEL.by(Role.CUSTOMER))
def cancel(session_id: UUID) -> Page:
    here = call()
    cancel_session(here.ports, actor=here.who, session_id=SessionId(session_id))
    flash("The session is cancelled.")
    return redirect(f"/customer/sessions/{session_id}", code=303)


@pages.get("/files/<uuid:file_id>")
@asks(FILES)
def file(session_id: UUID, file_id: UUID) -> Page:
    """Leads to a link made now, good for an hour, for those inside the session."""
    here = call()
    found = files_of(here.ports, actor=here.who, session_id=SessionId(session_id))
    if file_id not in {each.id for each in found}:
        raise Missing("file")
    return redirect(file_link(here, FileId(file_id)))
