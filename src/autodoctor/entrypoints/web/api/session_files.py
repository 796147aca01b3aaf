"""The files of a session."""

from typing import Annotated
from uuid import UUID

import attrs
from msgspec import Meta

from autodoctor.application.access.room import ATTACH, FILES
from autodoctor.application.room.files import FilesClosed, attach, files_of
from autodoctor.domain.booking.files import TooManyFiles
from autodoctor.domain.room.file import File
from autodoctor.domain.sessions.speech import ChatClosed, ShortMessagesOnly
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId, SessionId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import (
    FileAnswer,
)
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.file_links import file_link
from autodoctor.ports.stores import Missing

session_files = Endpoints("Sessions")


@attrs.frozen
class FilesAnswer:
    files: tuple[FileAnswer, ...]


def file_answer(call: Call, file: File) -> FileAnswer:
    return FileAnswer.of(file, url=file_link(call, file.id))


@session_files.route(
    "GET",
    "/api/sessions/{session_id}/files",
    action=FILES,
    answer=FilesAnswer,
    refusals=(Missing,),
)
def list_files(call: Call, *, session_id: SessionId) -> FilesAnswer:
    """The files of the booking and of the session, each with a link good for an hour."""
    found = files_of(call.ports, actor=call.who, session_id=session_id)
    return FilesAnswer(tuple(file_answer(call, file) for file in found))


class AttachBody(Body):
    file_id: UUID
    description: Annotated[str, Meta(max_length=500)] = ""


@session_files.route(
    "POST",
    "/api/sessions/{session_id}/files",
    action=ATTACH,
    body=AttachBody,
    answer=FileAnswer,
    status=201,
    refusals=(Missing, InvalidField, FilesClosed, ChatClosed, ShortMessagesOnly, TooManyFiles),
)
def add_file(call: Call, *, session_id: SessionId, body: AttachBody) -> FileAnswer:
    """Add an uploaded file to the session; both are told. Only while it is live."""
    file = attach(
        call.ports,
        actor=call.who,
        session_id=session_id,
        file_id=FileId(body.file_id),
        description=body.description,
    )
    return file_answer(call, file)
