"""The room, chat. Scripts make it live; without them it is read, written and reloaded."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.room import FILES, JOIN, LISTEN, NOTES, SPEAK
from autodoctor.application.access.sessions import END, WITHDRAW
from autodoctor.application.room.report import save_notes
from autodoctor.application.sessions.ending import end_session
from autodoctor.application.sessions.give_back import give_back
from autodoctor.application.sessions.room import join
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Conflict, Invalid, Refusal
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.body_limits import UPLOAD_BYTES_MAX, takes
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.forms import attempt
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.room_data import room_data
from autodoctor.entrypoints.web.pages.room_view import RoomView, room_view
from autodoctor.entrypoints.web.pages.room_writing import send_canned, write
from autodoctor.entrypoints.web.refusals import status_of

Page = str | Response | tuple[str, int]

pages = Blueprint("room", __name__, url_prefix="/chat/<uuid:session_id>")


def _view(session_id: UUID) -> RoomView:
    here = call()
    return room_view(room_data(here, SessionId(session_id)), when(here))


def _shown(session_id: UUID, *, draft: str = "", status: int = 200) -> Page:
    """The room; while nobody has taken the session, its waiting room."""
    here = call()
    data = room_data(here, SessionId(session_id))
    if data.session.mechanic_id is None:
        return redirect(f"/session/{session_id}", code=303)
    view = room_view(data, when(here), draft=draft)
    return render_template("room/chat.html", view=view), status


@pages.get("")
@asks(LISTEN)
def chat(session_id: UUID) -> Page:
    return _shown(session_id)


@pages.get("/state")
@asks(LISTEN)
def state(session_id: UUID) -> Page:
    """The parts of the room that change with the session, for the page that is open."""
    return render_template("room/state.html", view=_view(session_id))


@pages.get("/files")
@asks(FILES)
def files(session_id: UUID) -> Page:
    """The files of the room, for the page that is open."""
    return render_template("room/files.html", view=_view(session_id))


@pages.post("")
@asks(SPEAK)
@takes(UPLOAD_BYTES_MAX)
def say(session_id: UUID) -> Page:
    """What cannot be sent is still in the form."""
    text, refused = request.form.get("text", ""), attempt(_send(session_id), Invalid, Conflict)
    if not isinstance(refused, Refusal):
        return redirect(f"/chat/{session_id}#text", code=303)
    flash(str(getattr(refused, "reason", refused.title)), "bad")
    return _shown(session_id, draft=text, status=status_of(type(refused)))


def _send(session_id: UUID) -> Callable[[], None]:
    """A short message, when one of their buttons was pressed; or own words and a file."""
    here, key, form = call(), SessionId(session_id), request.form
    if "canned" in form:
        return lambda: send_canned(here, key, form["canned"])
    text, sent = form.get("text", ""), request.files.get("attachment")
    return lambda: write(here, key, text=text, sent=sent)


@pages.post("/here")
@asks(JOIN)
def come_in(session_id: UUID) -> Page:
    """Being in the room without a stream: good for a while, and again with every message."""
    join(call().ports, actor=call().who, session_id=SessionId(session_id))
    return redirect(f"/chat/{session_id}", code=303)


@pages.post("/notes")
@asks(NOTES)
def notes(session_id: UUID) -> Page:
    text = request.form.get("notes", "")
    save_notes(call().ports, actor=call().who, session_id=SessionId(session_id), text=text)
    flash("Your notes are saved.")
    return redirect(f"/chat/{session_id}#panel", code=303)


@pages.get("/give-back")
@asks(WITHDRAW)
def ask_give_back(session_id: UUID) -> Page:
    return render_template("room/give_back.html", view=_view(session_id))


@pages.post("/give-back")
@asks(WITHDRAW)
def hand_back(session_id: UUID) -> Page:
    give_back(call().ports, actor=call().who, session_id=SessionId(session_id))
    flash("The request is back with the others; you do not see it again.")
    return redirect("/mechanic/dashboard", code=303)


@pages.get("/end")
@asks(END)
def ask_end(session_id: UUID) -> Page:
    return render_template("room/end.html", view=_view(session_id))


@pages.post("/end")
@asks(END)
def end(session_id: UUID) -> Page:
    here = call()
    ended = end_session(here.ports, actor=here.who, session_id=SessionId(session_id))
    if here.who.role is Role.CUSTOMER:
        return redirect(f"/thank-you?session={ended.id}", code=303)
    if here.who.role is Role.MECHANIC and ended.status is SessionStatus.CANCELLED:
        return redirect(f"/mechanic/session/{ended.id}/complete", code=303)
    return redirect(f"/session/{session_id}", code=303)
