"""A file that came with a form: announced, inspected, and kept, before anything is done with it.
What it may not be there is refused before it is stored."""

from typing import BinaryIO, cast

from flask import request
from werkzeug.datastructures import FileStorage

from autodoctor.application.room.files import announce, upload
from autodoctor.domain.booking.files import FileKind, kind_of
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.errors import InvalidField
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
