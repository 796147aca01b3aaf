"""A file that came with a form: announced, inspected, and kept, before anything is done with it."""

from typing import BinaryIO, cast

from flask import request

from autodoctor.application.room.files import announce, upload
from autodoctor.domain.booking.files import FileKind, kind_of
from autodoctor.domain.room.file import DOWNLOAD_LINK_LASTS, File
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId
from autodoctor.entrypoints.web.call import Call


def take_file(here: Call, field: str) -> File:
    """Raises InvalidField when none came, FileTooLarge, FileNotAcceptable."""
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        raise InvalidField(field, "Choose a file.")
    size = sent.stream.seek(0, 2)
    sent.stream.seek(0)
    announced = announce(
        here.ports,
        actor=here.who,
        name=sent.filename,
        media_type=sent.mimetype,
        size_bytes=size,
        description="",
    )
    content = cast(BinaryIO, sent.stream)
    return upload(here.ports, actor=here.who, file_id=announced.id, content=content)


def take_picture(here: Call, field: str) -> File:
    """The same for a JPEG, PNG or WebP picture; anything else is InvalidField."""
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        raise InvalidField(field, "Choose a picture.")
    if kind_of(sent.mimetype) is not FileKind.IMAGE:
        raise InvalidField(field, "Send a JPEG, PNG or WebP picture.")
    return take_file(here, field)


def picture_url(here: Call, file_id: FileId | None) -> str:
    """A signed link that is good for an hour; empty without a file."""
    if file_id is None:
        return ""
    expires_at = here.ports.now() + DOWNLOAD_LINK_LASTS
    return f"/files/{here.web.links.sign('download', str(file_id), expires_at=expires_at)}"
