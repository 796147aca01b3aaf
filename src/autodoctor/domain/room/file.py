"""A file that somebody brought along: to a booking or into a session."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId, FileId, IntakeId, SessionId

UPLOAD_LINK_LASTS: Final = timedelta(minutes=10)
DOWNLOAD_LINK_LASTS: Final = timedelta(hours=1)
KEPT_AFTER_SESSION: Final = timedelta(days=90)
_PORTS: Final = (f"{port}{number}" for port in ("com", "lpt") for number in range(10))
DEVICES: Final = frozenset(("con", "prn", "aux", "nul", *_PORTS))
"""Names that stand for a device on some people's computers, with any ending."""


@attrs.frozen
class FileNotStored(Conflict):
    """The file has not been uploaded yet."""

    file_id: FileId


@attrs.frozen(kw_only=True)
class File:
    """`kind` is image, video or document; `stored_at` is None until its content is there."""

    id: FileId
    owner_id: AccountId
    name: str
    media_type: str
    kind: str
    size_bytes: int
    storage_key: str
    created_at: datetime
    description: str = ""
    session_id: SessionId | None = None
    intake_id: IntakeId | None = None
    stored_at: datetime | None = None

    def store(self, *, media_type: str, size_bytes: int, at: datetime) -> "File":
        """What really came counts, not what was announced."""
        return attrs.evolve(self, media_type=media_type, size_bytes=size_bytes, stored_at=at)
