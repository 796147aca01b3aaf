"""What a file really is: by its first bytes, then by reading all of it.

| kind | what is looked at | what comes back |
|---|---|---|
| jpg, png, webp | decoded whole by Pillow | the picture alone, drawn anew |
| mp4, mov | brands, boxes that fill the file exactly, a picture track | the same bytes |
| pdf | header, end, nothing active, nothing encrypted | the same bytes |

What comes back unchanged must not be an archive as well.
"""

from threading import BoundedSemaphore
from typing import BinaryIO, Final
from zipfile import is_zipfile

import puremagic

from autodoctor.adapters.storage.movies import check_movie
from autodoctor.adapters.storage.pdf import check_pdf
from autodoctor.adapters.storage.pictures import redraw
from autodoctor.adapters.storage.scratch import scratch
from autodoctor.domain.booking.files import MEDIA_TYPES, FileKind
from autodoctor.ports.files import Accepted, FileNotAcceptable, FileTooLarge

CHUNK_BYTES: Final = 65_536
HEAD_BYTES: Final = 8192


class ContentInspector:
    """Pictures unpack to a hundred times their size: `pictures_at_once` bounds the memory
    that all of them take together."""

    def __init__(self, *, pictures_at_once: int = 2) -> None:
        self._pictures = BoundedSemaphore(pictures_at_once)

    def accept(self, content: BinaryIO, /, *, announced: str, size_bytes_max: int) -> Accepted:
        """`announced` must be what the file is: its name and its key were made from that."""
        copy = counted(content, size_bytes_max, into=scratch())
        try:
            with self._pictures:
                kept = inspected(copy, announced)
        except BaseException:
            copy.close()
            raise
        if kept is not copy:
            copy.close()
        return measured(kept, announced)


def inspected(copy: BinaryIO, announced: str) -> BinaryIO:
    """The same file where it may stay as it is, another one in its place otherwise. Raises
    FileNotAcceptable."""
    kind = MEDIA_TYPES.get(announced)
    if kind is None:
        raise FileNotAcceptable("Send a JPG, PNG, WebP, MP4, MOV or PDF file.")
    _require_signature(copy, announced)
    if kind is FileKind.IMAGE:
        return redraw(copy, media_type=announced)
    if kind is FileKind.VIDEO:
        check_movie(copy, media_type=announced)
    else:
        check_pdf(copy)
    if is_zipfile(copy):
        raise FileNotAcceptable("The file is an archive at the same time.")
    return copy


def measured(kept: BinaryIO, announced: str) -> Accepted:
    size = kept.seek(0, 2)
    kept.seek(0)
    return Accepted(media_type=announced, content=kept, size_bytes=size)


def counted(content: BinaryIO, size_bytes_max: int, *, into: BinaryIO) -> BinaryIO:
    """`into`, with all that came: it is counted, whatever length was announced. Raises
    FileTooLarge."""
    size = 0
    try:
        while chunk := content.read(CHUNK_BYTES):
            size += len(chunk)
            if size > size_bytes_max:
                raise FileTooLarge(size_bytes_max)
            into.write(chunk)
    except BaseException:
        into.close()
        raise
    return into


def _require_signature(copy: BinaryIO, announced: str) -> None:
    """A kind that is known by its first bytes must be the announced one. What is not known
    by them, and brands of films, are left to those who read all of it."""
    copy.seek(0)
    head = copy.read(HEAD_BYTES)
    if not head:
        raise FileNotAcceptable("The file is empty.")
    if head[4:8] == b"ftyp":
        return
    try:
        matches = puremagic.magic_string(head)
    except puremagic.PureError:
        return
    if announced not in {match.mime_type for match in matches}:
        seen = matches[0].name or matches[0].mime_type or "something else"
        raise FileNotAcceptable(f"The file is not what it says; it looks like: {seen}.")
