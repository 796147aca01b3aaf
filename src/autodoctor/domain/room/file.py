"""A file that somebody brought along: to a booking or into a session."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId, FileId, IntakeId, SessionId

UPLOAD_LINK_LASTS: Final = timedelta(minutes=10)
DOWNLOAD_LINK_LASTS: Final = timedelta(hours=1)
FILES_PER_DAY: Final = 100
BYTES_PER_DAY: Final = 512 * 1024 * 1024
KEPT_AFTER_SESSION: Final = timedelta(days=90)
_PORTS: Final = (f"{port}{number}" for port in ("com", "lpt") for number in range(10))
DEVICES: Final = frozenset(("con", "prn", "aux", "nul", *_PORTS))
"""Names that stand for a device on some people's computers, with any ending."""


class FilePurpose(StrEnum):
    """What a file is used for, once it is used. Discarded ones are about to be deleted."""

    BOOKING = "booking"
    SESSION = "session"
    DOCUMENT = "document"
    MECHANIC_PHOTO = "mechanic_photo"
    CUSTOMER_PHOTO = "customer_photo"
    WORKSHOP_LOGO = "workshop_logo"
    DISCARDED = "discarded"


@attrs.frozen
class FileInUse(Conflict):
    """This file is used for something else already; upload it again."""

    file_id: FileId


@attrs.frozen
class FileNotStored(Conflict):
    """The file has not been uploaded yet."""

    file_id: FileId


@attrs.frozen
class UploadQuotaReached(Conflict):
    """You have uploaded as much as one day allows; go on tomorrow."""

    files_max: int
    bytes_max: int


@attrs.frozen
class UploadDay:
    """What one person announced on one day (UTC)."""

    files: int
    size_bytes: int

    def check(self) -> None:
        """Raises UploadQuotaReached."""
        if self.files > FILES_PER_DAY or self.size_bytes > BYTES_PER_DAY:
            raise UploadQuotaReached(FILES_PER_DAY, BYTES_PER_DAY)


@attrs.frozen(kw_only=True)
class File:
    """`kind` is image, video or document; `stored_at` is None until its content is there. It has
    one `purpose` for good, from when it is first used."""

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
    purpose: FilePurpose | None = None

    def store(self, *, media_type: str, size_bytes: int, at: datetime) -> "File":
        """What really came counts, not what was announced."""
        return attrs.evolve(self, media_type=media_type, size_bytes=size_bytes, stored_at=at)

    def use_for(
        self,
        purpose: FilePurpose,
        *,
        session_id: SessionId | None = None,
        intake_id: IntakeId | None = None,
    ) -> "File":
        """Refusals, in order: FileNotStored, FileInUse."""
        if self.stored_at is None:
            raise FileNotStored(self.id)
        if self.purpose is not None:
            raise FileInUse(self.id)
        return attrs.evolve(self, purpose=purpose, session_id=session_id, intake_id=intake_id)

    def discard(self) -> "File":
        """Nobody uses it from now on."""
        return attrs.evolve(self, purpose=FilePurpose.DISCARDED, session_id=None, intake_id=None)
