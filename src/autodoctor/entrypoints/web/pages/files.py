"""Files, fetched by their signed links."""

from pathlib import PurePath
from typing import BinaryIO, Final

from flask import Blueprint, Response, request, send_file

from autodoctor.application.access.operations import FOLLOW_LINK
from autodoctor.application.room.download import linked_file
from autodoctor.domain.booking.files import EXTENSIONS
from autodoctor.domain.room.file import File
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.file_links import DOWNLOAD, FACE, asked

pages = Blueprint("files", __name__)

POLICY: Final = "default-src 'none'; sandbox"
SAME_KIND: Final = {"jpg": frozenset({".jpg", ".jpeg"})}


@pages.get("/files/<token>")
@asks(FOLLOW_LINK)
def download(token: str) -> Response:
    here, purpose = call(), FACE if request.args.get("of") == FACE else DOWNLOAD
    wanted = asked(here, token, purpose)
    return served(*linked_file(here.ports, actor=wanted.actor, file_id=wanted.file_id))


def served(file: File, content: BinaryIO) -> Response:
    """As what it was found to be when it came, to be saved and never opened in place: pages show
    pictures as images, which this does not keep them from. Nothing keeps it on the way: who may
    see it may not for long."""
    answer = send_file(
        content,
        mimetype=file.media_type,
        as_attachment=True,
        download_name=name_of(file),
    )
    answer.content_length = file.size_bytes
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def name_of(file: File) -> str:
    """The sender's name for it, with an ending that says what it is."""
    extension = EXTENSIONS[file.media_type]
    fitting = SAME_KIND.get(extension, frozenset({f".{extension}"}))
    if PurePath(file.name).suffix.lower() in fitting:
        return file.name
    return f"{file.name}.{extension}"
