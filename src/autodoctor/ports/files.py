"""Where files lie, and what they really are."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, Protocol

import attrs

from autodoctor.domain.shared.errors import Invalid, NotFound


@attrs.frozen
class FileTooLarge(Invalid):
    """The file is larger than its kind may be."""

    size_bytes_max: int


@attrs.frozen
class FileNotAcceptable(Invalid):
    """The file is not what it says, or of no kind that can be sent."""

    reason: str


@attrs.frozen
class LinkInvalid(NotFound):
    """This link is not valid any more; ask for a new one."""


@attrs.frozen(kw_only=True)
class Stored:
    media_type: str
    size_bytes: int


class Storage(Protocol):
    """Objects under keys such as `session-files/{id}/{id}.jpg`, private unless a link says so."""

    def write(self, key: str, chunks: Iterable[bytes], /, *, media_type: str) -> int:
        """The bytes written. All or nothing: a failing iterable leaves what was there."""

    def read(self, key: str, /) -> BinaryIO:
        """Raises LinkInvalid for a key that is not there."""

    def size(self, key: str, /) -> int | None: ...

    def delete(self, key: str, /) -> None: ...


class Inspector(Protocol):
    """Looks at what a file is, not at what it is called."""

    def accept(self, content: BinaryIO, /, *, announced: str, size_bytes_max: int) -> "Accepted":
        """Raises FileTooLarge, then FileNotAcceptable.

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
