"""Files as pages show them. Their links lead to one's own place in the session, where a link that
is good for an hour is made when it is asked for."""

from autodoctor.domain.booking.files import MIB, FileKind
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.parts import Attachment


def attachment(file: File, *, session_id: SessionId) -> Attachment:
    url = f"/session/{session_id}/files/{file.id}"
    picture = file.kind == FileKind.IMAGE
    return Attachment(
        file.name, size_text(file.size_bytes), url, url if picture else "", str(file.id)
    )


def size_text(size_bytes: int) -> str:
    """48 KB, 1.8 MB."""
    if size_bytes < MIB:
        return f"{max(1, round(size_bytes / 1024))} KB"
    return f"{size_bytes / MIB:.1f} MB"
