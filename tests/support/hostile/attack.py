"""One hostile file: what is sent, how it is announced, and what has to become of it."""

from enum import StrEnum

import attrs

EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "application/pdf": "pdf",
}


class Fate(StrEnum):
    """`REDRAWN` is kept as pixels alone; `KEPT` as it is, and only ever handed out to be saved."""

    REFUSED = "refused"
    REDRAWN = "redrawn"
    KEPT = "kept"


@attrs.frozen
class Attack:
    """`marks` must not be in what comes back of a picture."""

    label: str
    content: bytes = attrs.field(repr=False)
    media_type: str
    fate: Fate = Fate.REFUSED
    marks: tuple[bytes, ...] = ()
    filename: str = ""

    @property
    def name(self) -> str:
        return self.filename or f"file.{EXTENSIONS.get(self.media_type, 'bin')}"


def refused(label: str, content: bytes, media_type: str) -> Attack:
    return Attack(label, content, media_type)


def redrawn(label: str, content: bytes, media_type: str, *marks: bytes) -> Attack:
    return Attack(label, content, media_type, Fate.REDRAWN, marks)


def kept(label: str, content: bytes, media_type: str) -> Attack:
    return Attack(label, content, media_type, Fate.KEPT)
