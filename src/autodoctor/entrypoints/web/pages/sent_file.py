"""A file that came with a form: announced, inspected, and kept, before anything is done with it.
What it may not be there is refused before it is stored."""

from typing import BinaryIO, cast
from uuid import UUID

from flask import request
from werkzeug.datastructures import FileStorage

from autodoctor.application.room.files import announce, upload
from autodoctor.application.room.using import waiting_upload
from autodoctor.domain.booking.files import FileKind, kind_of
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import FileId
from autodoctor.domain.vetting.document import check_document
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.file_links import file_link


def take_paper(here: Call, field: str) -> File:
    """What may be a document. Raises InvalidField, FileTooLarge, FileNotAcceptable."""
    sent = sent_paper(field)
    return keep(here, sent)


def take_picture(here: Call, field: str) -> File:
    """A JPEG, PNG or WebP picture. Raises InvalidField, FileTooLarge, FileNotAcceptable."""
    sent = _sent(field, "Choose a picture.")
    if kind_of(sent.mimetype) is not FileKind.IMAGE:
        raise InvalidField(field, "Send a JPEG, PNG or WebP picture.")
    return keep(here, sent)


def kept_paper(here: Call, field: str) -> File:
    """As `take_paper`; or, when none came with the form, the one that came with it before it was
    refused for something else, unless its removal was chosen. It is used for nothing yet, and
    goes after a day if it stays so."""
    if request.files.get(field):
        return take_paper(here, field)
    file_id = _kept_id(field)
    if file_id is None or request.form.get(f"{field}_removed"):
        raise InvalidField(field, "Choose a file.")
    try:
        return waiting_upload(here.ports, actor=here.who, file_id=file_id)
    except Refusal as refusal:
        raise InvalidField(field, "This file is not there any more. Choose it again.") from refusal


def _kept_id(field: str) -> FileId | None:
    try:
        return FileId(UUID(request.form.get(f"{field}_kept", "")))
    except ValueError:
        return None


def sent_paper(field: str) -> FileStorage:
    """Not kept yet. Raises InvalidField when none came, or none that may be a document."""
    sent = _sent(field, "Choose a file.")
    check_document(media_type=sent.mimetype, size_bytes=_size(sent))
    return sent


def keep(here: Call, sent: FileStorage) -> File:
    """Raises InvalidField, FileTooLarge, FileNotAcceptable."""
    announced = announce(
        here.ports,
        actor=here.who,
        name=sent.filename or "",
        media_type=sent.mimetype,
        size_bytes=_size(sent),
        description="",
    )
    content = cast(BinaryIO, sent.stream)
    return upload(here.ports, actor=here.who, file_id=announced.id, content=content)


def _sent(field: str, otherwise: str) -> FileStorage:
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        raise InvalidField(field, otherwise)
    return sent


def _size(sent: FileStorage) -> int:
    size = sent.stream.seek(0, 2)
    sent.stream.seek(0)
    return size


def picture_url(here: Call, file_id: FileId | None) -> str:
    """A link to one's own; empty without a file."""
    return file_link(here, file_id) if file_id is not None else ""
