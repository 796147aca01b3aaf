"""Where files lie, and what they really are."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, Final, Protocol

import attrs

from autodoctor.domain.shared.errors import Invalid, NotFound, Unavailable


@attrs.frozen
class FileTooLarge(Invalid):
    """The file is larger than its kind may be."""

    size_bytes_max: int


@attrs.frozen
class FileNotAcceptable(Invalid):
    """The file is not what it says, or of no kind that can be sent."""

    reason: str


@attrs.frozen
class InspectionBusy(Unavailable):
    """Many files are being looked at right now; send yours again shortly."""


@attrs.frozen
class LinkInvalid(NotFound):
    """This link is not valid any more; ask for a new one."""


@attrs.frozen
class StorageUnavailable(Unavailable):
    """Files cannot be kept or fetched right now."""

    reason: str


KEY_LENGTH_MAX: Final = 200
_NAME: Final = r"[a-z0-9][a-z0-9_-]*"
_KEY: Final = re.compile(rf"{_NAME}(?:/{_NAME})*(?:\.[a-z0-9]{{1,8}})?")


class KeyUnusable(ValueError):
    """Keys are made by us of ids and plain names: any other is our own bug."""


def check_key(key: str) -> str:
    """Lower-case names joined by slashes, then at most one extension; KeyUnusable otherwise.
    No key can climb out of a folder, hide a file or name a device."""
    if not is_key(key):
        raise KeyUnusable(key)
    return key


def is_key(key: str) -> bool:
    return len(key) <= KEY_LENGTH_MAX and _KEY.fullmatch(key) is not None


@attrs.frozen(kw_only=True)
class Stored:
    media_type: str
    size_bytes: int


class Storage(Protocol):
    """Objects under keys such as `session-files/{id}/{id}.jpg`, private unless a link says so.

    Every call raises KeyUnusable for what `check_key` refuses, StorageUnavailable for an outage.
    """

    def write(self, key: str, chunks: Iterable[bytes], /, *, media_type: str) -> int:
        """The bytes written. All or nothing: a failing iterable leaves what was there."""

    def read(self, key: str, /) -> BinaryIO:
        """From its start; the caller closes it. Raises LinkInvalid for a key that is not
        there."""

    def size(self, key: str, /) -> int | None:
        """In bytes; None for a key that is not there."""

    def delete(self, key: str, /) -> None:
        """Again changes nothing."""


class Inspector(Protocol):
    """Looks at what a file is, not at what it is called."""

    def accept(self, content: BinaryIO, /, *, announced: str, size_bytes_max: int) -> "Accepted":
        """Raises FileTooLarge, then FileNotAcceptable, also for what takes too much time or
        memory to look at; InspectionBusy when it is nobody's turn yet.

        Images come back re-encoded, without metadata such as where they were taken.
        """


@attrs.frozen(kw_only=True)
class Accepted:
    media_type: str
    content: BinaryIO
    size_bytes: int


class Links(Protocol):
    """Signed links: who holds one may do that one thing until it expires."""

    def sign(self, purpose: str, subject: str, /, *, expires_at: datetime) -> str: ...

    def check(self, purpose: str, token: str, /, *, at: datetime) -> str:
        """The subject; raises LinkInvalid."""
