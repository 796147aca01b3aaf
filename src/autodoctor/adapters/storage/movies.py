"""MP4 and QuickTime containers: a chain of boxes that fills the file exactly (ISO 14496-12)."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

import attrs

from autodoctor.ports.files import FileNotAcceptable

BOXES_MAX: Final = 100_000
QUICKTIME: Final = b"qt  "
MP4_BRANDS: Final = frozenset(
    {b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"XAVC", b"dash", b"mmp4"}
    | {b"isom"}
    | {b"iso%d" % number for number in range(2, 10)}
)
_KIND: Final = re.compile(rb"[A-Za-z0-9 _\-\xa9]{4}")
_FTYP_BYTES_MAX: Final = 1024


@attrs.frozen
class Box:
    """`start` and `end` are where its content lies in the file."""

    kind: bytes
    start: int
    end: int


def check_movie(content: BinaryIO, *, media_type: str) -> None:
    """Raises FileNotAcceptable unless it is a whole film of the announced kind."""
    size = content.seek(0, 2)
    top = list(boxes(content, 0, size))
    kinds = [box.kind for box in top]
    if not top or kinds[0] != b"ftyp" or kinds.count(b"ftyp") != 1:
        raise FileNotAcceptable("The video does not begin as one.")
    if brand_kind(content, top[0]) != media_type:
        raise FileNotAcceptable("The video is of another kind than it says.")
    if not {b"mdat", b"moof"}.intersection(kinds) or not _shows_pictures(content, top):
        raise FileNotAcceptable("There is no picture in the video.")


def boxes(content: BinaryIO, start: int, end: int, *, nested: bool = False) -> Iterator[Box]:
    """Those that lie side by side from start to end. Raises FileNotAcceptable where they do
    not meet the end, which cut-off files and files with something appended do not."""
    for _ in range(BOXES_MAX):
        if start == end:
            return
        if nested and _is_terminator(content, start, end):
            return
        box = _box(content, start, end, nested=nested)
        yield box
        start = box.end
    raise FileNotAcceptable("The video has too many parts.")


def _box(content: BinaryIO, start: int, end: int, *, nested: bool) -> Box:
    content.seek(start)
    header = content.read(16)
    kind = header[4:8]
    if len(header) < 8 or not _KIND.fullmatch(kind):
        raise FileNotAcceptable("The video is damaged.")
    size, head = int.from_bytes(header[:4]), 8
    if size == 1:
        size, head = int.from_bytes(header[8:16]), 16
    elif size == 0 and kind == b"mdat" and not nested:
        size = end - start
    if size < head or start + size > end:
        raise FileNotAcceptable("The video is damaged or cut off.")
    return Box(kind, start + head, start + size)


def _is_terminator(content: BinaryIO, start: int, end: int) -> bool:
    """QuickTime may close a list with a few zero bytes."""
    if end - start >= 8:
        return False
    content.seek(start)
    return not any(content.read(end - start))


def brand_kind(content: BinaryIO, ftyp: Box) -> str:
    """The media type that the brands stand for, empty for others such as HEIC or M4A."""
    content.seek(ftyp.start)
    brands = content.read(min(ftyp.end - ftyp.start, _FTYP_BYTES_MAX))
    major = brands[:4]
    compatible = {brands[at : at + 4] for at in range(8, len(brands), 4)}
    if major == QUICKTIME:
        return "video/quicktime"
    return "video/mp4" if MP4_BRANDS.intersection({major} | compatible) else ""


def _shows_pictures(content: BinaryIO, top: list[Box]) -> bool:
    handlers = _below(content, top, (b"moov", b"trak", b"mdia", b"hdlr"))
    return any(_handler(content, box) == b"vide" for box in handlers)


def _below(content: BinaryIO, level: list[Box], path: tuple[bytes, ...]) -> list[Box]:
    found = [box for box in level if box.kind == path[0]]
    if len(path) == 1:
        return found
    inner = [child for box in found for child in boxes(content, box.start, box.end, nested=True)]
    return _below(content, inner, path[1:])


def _handler(content: BinaryIO, hdlr: Box) -> bytes:
    """After version, flags and a field that was once used."""
    content.seek(hdlr.start + 8)
    return content.read(4)
