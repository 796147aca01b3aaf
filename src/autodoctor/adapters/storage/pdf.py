"""PDF documents that do nothing when they are opened.

Names are looked for in the whole file, escaped ones too, and in the compressed object streams
where writers put dictionaries. Refused are scripts (JavaScript, XFA), actions that start or
send something (Launch, SubmitForm, ImportData, Rendition, additional actions), an OpenAction
that is not plainly a page to open at, files inside (EmbeddedFile, GoToE, RichMedia), and
encryption, behind which nothing could be looked for. Links that a reader clicks are fine.
"""

import re
import zlib
from typing import BinaryIO, Final

from autodoctor.ports.files import FileNotAcceptable

INFLATED_BYTES_MAX: Final = 64 * 1024 * 1024
_TAIL_BYTES: Final = 1024
_DICTIONARY_BYTES_MAX: Final = 4096

_HEADER: Final = re.compile(rb"%PDF-[12]\.[0-7]\s")
_END: Final = re.compile(rb"startxref\s+\d+\s+%%EOF[\s\x00]*\Z")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_AFTER_NAME: Final = rb"(?=[\s\x00()<>\[\]{}/%]|\Z)"
_VALUE: Final = rb"[\s\x00]*(?:<<|\[|\d+[\s\x00]+\d+[\s\x00]+R)"
_PLACE: Final = rb"\s*(?:\[|<<[^<>]*/S\s*/GoTo" + _AFTER_NAME + rb")"
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|Launch|SubmitForm|ImportData|Rendition|EmbeddedFiles?|GoToE|RichMedia\w*)"
    + _AFTER_NAME
    + rb"|/OpenAction(?!%s)|/(?:XFA|AA)" % _PLACE
    + _VALUE
)
_ENCRYPTED: Final = re.compile(rb"/Encrypt" + _AFTER_NAME)
_OBJECT_STREAM: Final = re.compile(rb"/ObjStm" + _AFTER_NAME)
_STREAM: Final = re.compile(rb"stream\r?\n")
_FILTER: Final = re.compile(rb"/\w*(?:Decode|Crypt)\b")


def check_pdf(content: BinaryIO) -> None:
    """Raises FileNotAcceptable. Reads all of it into memory."""
    content.seek(0)
    raw = content.read()
    if not _HEADER.match(raw) or not _END.search(raw[-_TAIL_BYTES:]):
        raise FileNotAcceptable("The PDF is damaged or cut off.")
    plain = _unescaped(raw)
    if _ENCRYPTED.search(plain):
        raise FileNotAcceptable("The PDF is locked with a password. Send it without one.")
    _require_inactive(plain)
    if len(_OBJECT_STREAM.findall(plain)) != len(_OBJECT_STREAM.findall(raw)):
        raise _unreadable()
    for inflated in _object_streams(raw):
        _require_inactive(_unescaped(inflated))


def _unescaped(text: bytes) -> bytes:
    """/Java#53cript is /JavaScript."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), text)


def _require_inactive(text: bytes) -> None:
    if _ACTIVE.search(text):
        raise FileNotAcceptable("The PDF holds scripts, actions or other files.")


def _object_streams(raw: bytes) -> list[bytes]:
    """Each one inflated; FileNotAcceptable for one that cannot be looked into."""
    left = INFLATED_BYTES_MAX
    found = []
    for name in _OBJECT_STREAM.finditer(raw):
        begin = _STREAM.search(raw, name.end(), name.end() + _DICTIONARY_BYTES_MAX)
        if begin is None:
            raise _unreadable()
        dictionary = raw[max(raw.rfind(b"obj", 0, name.start()), 0) : begin.start()]
        filters = _FILTER.findall(dictionary)
        if not filters and b"/Filter" not in dictionary:
            continue  # it stands in the file as it is, and was looked at
        if filters != [b"/FlateDecode"] or b"/Predictor" in dictionary:
            raise _unreadable()
        inflated = _inflated(raw[begin.end() : raw.find(b"endstream", begin.end())], left)
        left -= len(inflated)
        found.append(inflated)
    return found


def _inflated(packed: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        inflated = unpacking.decompress(packed, max(most, 1))
    except zlib.error:
        raise _unreadable() from None
    if not unpacking.eof:
        raise _unreadable()
    return inflated


def _unreadable() -> FileNotAcceptable:
    return FileNotAcceptable("The PDF is packed in a way that cannot be looked into.")
