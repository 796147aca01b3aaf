"""Gathers what a room shows from the use cases."""

from autodoctor.application.access.whose import party as party_of
from autodoctor.application.room.chat import PAGE, Conversation, conversation
from autodoctor.application.room.faces import face_of_other
from autodoctor.application.room.files import files_of
from autodoctor.application.room.files_allowed import files_allowed
from autodoctor.application.room.report import notes_of
from autodoctor.application.sessions.views import session_view
from autodoctor.domain.room.message import Message
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.file_links import face_link
from autodoctor.entrypoints.web.pages.room_view import RoomData


def room_data(here: Call, session_id: SessionId) -> RoomData:
    """Raises Missing for those outside the session."""
    first = conversation(here.ports, actor=here.who, session_id=session_id)
    party = party_in(here)
    notes = None
    if party is Party.MECHANIC:
        notes = notes_of(here.ports, actor=here.who, session_id=session_id)
    return RoomData(
        session=first.session,
        view=session_view(here.ports, actor=here.who, session_id=session_id),
        party=party,
        messages=everything_said(here, session_id, first),
        read=first.read,
        files=files_of(here.ports, actor=here.who, session_id=session_id),
        notes=notes.text if notes else "",
        speech=first.speech,
        allowance=files_allowed(here.ports, actor=here.who, session_id=session_id),
        face_url=face_url(here, session_id),
    )


def face_url(here: Call, session_id: SessionId) -> str:
    """Of whom one is with; empty without a photo."""
    face = face_of_other(here.ports, actor=here.who, session_id=session_id)
    return face_link(here, face, session_id) if face is not None else ""


def party_in(here: Call) -> Party | None:
    """None for an admin, who looks on."""
    return None if here.who.role is Role.ADMIN else party_of(here.who)


def everything_said(here: Call, session_id: SessionId, first: Conversation) -> tuple[Message, ...]:
    said, page = list(first.messages), first.messages
    while len(page) == PAGE:
        after = page[-1].position
        page = conversation(here.ports, actor=here.who, session_id=session_id, after=after).messages
        said.extend(page)
    return tuple(said)
