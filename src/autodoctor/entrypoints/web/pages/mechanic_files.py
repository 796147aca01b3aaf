"""The files sent along with a request, for the mechanic it is offered to."""

from autodoctor.domain.booking.files import FileKind
from autodoctor.domain.room.file import File
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.file_links import file_link
from autodoctor.entrypoints.web.pages.file_views import size_text
from autodoctor.entrypoints.web.parts import Attachment


def offered_files(here: Call, files: tuple[File, ...]) -> tuple[Attachment, ...]:
    """Each with a link that is good for an hour, and only for those who may see the file."""
    return tuple(_attachment(here, file) for file in files)


def _attachment(here: Call, file: File) -> Attachment:
    url = file_link(here, file.id)
    picture = file.kind == FileKind.IMAGE
    return Attachment(
        file.name, size_text(file.size_bytes), url, url if picture else "", str(file.id)
    )
