"""Which files may be sent along, per kind and per plan."""

from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.errors import Conflict, InvalidField

MIB: Final = 1024 * 1024


class FileKind(StrEnum):
    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"


SIZE_MAX_BYTES: Final = {
    FileKind.IMAGE: 10 * MIB,
    FileKind.VIDEO: 100 * MIB,
    FileKind.DOCUMENT: 25 * MIB,
}

MEDIA_TYPES: Final[dict[str, FileKind]] = {
    "image/jpeg": FileKind.IMAGE,
    "image/png": FileKind.IMAGE,
    "image/webp": FileKind.IMAGE,
    "video/mp4": FileKind.VIDEO,
    "video/quicktime": FileKind.VIDEO,
    "application/pdf": FileKind.DOCUMENT,
}

EXTENSIONS: Final[dict[str, str]] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "application/pdf": "pdf",
}


@attrs.frozen
class TooManyFiles(Conflict):
    """This plan does not include that many files."""

    allowed: int


def kind_of(media_type: str) -> FileKind:
    """InvalidField("media_type") for anything not on the list: by content, not by name."""
    kind = MEDIA_TYPES.get(media_type)
    if kind is None:
        raise InvalidField("media_type", "Send a JPG, PNG, WebP, MP4, MOV or PDF file.")
    return kind


def check_size(kind: FileKind, size_bytes: int) -> None:
    most = SIZE_MAX_BYTES[kind]
    if not 1 <= size_bytes <= most:
        what = f"An {kind}" if kind is FileKind.IMAGE else f"A {kind}"
        raise InvalidField(
            "size_bytes", f"{what} can be up to {most // MIB} MB, and must not be empty."
        )


def check_count(count: int, *, allowed: int) -> None:
    if count > allowed:
        raise TooManyFiles(allowed)
