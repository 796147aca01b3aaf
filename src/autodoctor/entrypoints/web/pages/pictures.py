"""Pictures that everybody may see: a mechanic's photo, a workshop's logo."""

from typing import BinaryIO, Final

from flask import Response, send_file

from autodoctor.domain.booking.files import EXTENSIONS
from autodoctor.entrypoints.web.pages.files import POLICY

KEPT_SECONDS: Final = 300


def picture(content: BinaryIO, media_type: str, *, name: str) -> Response:
    """Shown as an image in pages; opened by itself it is saved, like every file."""
    answer = send_file(
        content,
        mimetype=media_type,
        as_attachment=True,
        download_name=f"{name}.{EXTENSIONS[media_type]}",
    )
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer
