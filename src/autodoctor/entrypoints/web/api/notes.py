"""The mechanic's notes during a session."""

from datetime import datetime
from typing import Annotated

import attrs
from msgspec import Meta

from autodoctor.application.access.room import NOTES
from autodoctor.application.room.report import save_notes
from autodoctor.domain.room.report import FIELD_LENGTH_MAX
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

notes = Endpoints("Sessions")


class NotesBody(Body):
    text: Annotated[str, Meta(max_length=FIELD_LENGTH_MAX)]


@attrs.frozen(kw_only=True)
class NotesAnswer:
    text: str
    saved_at: datetime


@notes.route(
    "POST",
    "/api/sessions/{session_id}/notes",
    action=NOTES,
    body=NotesBody,
    answer=NotesAnswer,
    refusals=(Missing, InvalidField),
)
def write_notes(call: Call, *, session_id: SessionId, body: NotesBody) -> NotesAnswer:
    """Replace one's notes of a session, as often as one types."""
    saved = save_notes(call.ports, actor=call.who, session_id=session_id, text=body.text)
    return NotesAnswer(text=saved.text, saved_at=saved.saved_at)
