"""Files, fetched by their signed links."""

from pathlib import PurePath
from typing import BinaryIO, Final

from flask import Blueprint, Response, send_file

from autodoctor.application.access.operations import FOLLOW_LINK
from autodoctor.application.room.download import linked_file
from autodoctor.domain.booking.files import EXTENSIONS
from autodoctor.domain.room.file import DOWNLOAD_LINK_LASTS, File
from autodoctor.domain.shared.ids import FileId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.ids import id_in

pages = Blueprint("files", __name__)

POLICY: Final = "default-src 'none'; sandbox"
SAME_KIND: Final = {"jpg": frozenset({".jpg", ".jpeg"})}


@pages.get("/files/<token>")
@asks(FOLLOW_LINK)
def download(token: str) -> Response:
    here = call()
    subject = here.web.links.check("download", token, at=here.ports.now())
    file, content = linked_file(here.ports, file_id=FileId(id_in(subject, kind="file")))
    return served(file, content)


def served(file: File, content: BinaryIO) -> Response:
    """As what it was found to be when it came, to be saved and never opened in place: pages show
    pictures as images, which this does not keep them from. The browser may keep it as long as
    the link is good."""
    answer = send_file(
        content,
        mimetype=file.media_type,
        as_attachment=True,
        download_name=name_of(file),
    )
    answer.content_length = file.size_bytes
    seconds = int(DOWNLOAD_LINK_LASTS.total_seconds())
    answer.headers["Cache-Control"] = f"private, max-age={seconds}"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def name_of(file: File) -> str:
    """The sender's name for it, with an ending that says what it is."""
    extension = EXTENSIONS[file.media_type]
    fitting = SAME_KIND.get(extension, frozenset({f".{extension}"}))
    if PurePath(file.name).suffix.lower() in fitting:
        return file.name
    return f"{file.name}.{extension}"
