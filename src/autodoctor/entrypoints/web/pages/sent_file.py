"""A file that came with a form: announced, inspected, and kept, before anything is done with it."""

from typing import BinaryIO, cast

from flask import request

from autodoctor.application.room.files import announce, upload
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.errors import InvalidField
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
