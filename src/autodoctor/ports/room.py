"""Keeping what is said, shown and written in a session.

These are guarded by the actor the transaction was opened for: what that person may not see
is not there for them.
"""

from datetime import date
from typing import Protocol
from uuid import UUID

from autodoctor.domain.room.file import File, UploadDay
from autodoctor.domain.room.message import Message
from autodoctor.domain.room.report import Amendment, Notes, Rating, Report
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.shared.ids import AccountId, CustomerId, FileId, IntakeId, SessionId


class Messages(Protocol):
    def add(self, message: Message, /) -> Message:
        """The stored message; for a client id that is known, the one stored before.

        Raises ShortMessagesOnly for a free message of a session that is not live."""

    def sent(
        self, session_id: SessionId, author_id: AccountId, client_id: UUID, /
    ) -> Message | None:
        """The message that its author sent under this client id."""

    def since(self, session_id: SessionId, position: int, /, *, most: int) -> tuple[Message, ...]:
        """Those after `position`, in order."""

    def has_own_words(self, session_id: SessionId, party: Party, /) -> bool:
        """Whether the party has sent any message that is not a short one."""

    def mark_read(self, session_id: SessionId, party: Party, position: int, /) -> bool:
        """The party has read up to here; True when that is news (marks only move forward)."""

    def read_marks(self, session_id: SessionId, /) -> dict[Party, int]: ...


class Files(Protocol):
    def add(self, file: File, /) -> None: ...

    def get(self, file_id: FileId, /, *, lock: bool = False) -> File:
        """Raises Missing. With `lock` nobody else changes it until the transaction ends."""

    def save(self, file: File, /) -> None:
        """Raises ShortMessagesOnly when it becomes part of a session that is not live."""

    def count_upload(self, owner_id: AccountId, /, *, day: date, size_bytes: int) -> UploadDay:
        """What its owner announced that day, with this one. Nobody else counts for the same
        person until the transaction ends."""

    def remove(self, file_id: FileId, /) -> None:
        """By the platform alone. Again changes nothing."""

    def of_session(self, session_id: SessionId, /) -> tuple[File, ...]:
        """Stored ones, oldest first."""

    def of_intake(self, intake_id: IntakeId, /) -> tuple[File, ...]:
        """Stored ones, oldest first."""


class WriteUps(Protocol):
    def save_notes(self, notes: Notes, /) -> None: ...

    def notes(self, session_id: SessionId, /) -> Notes | None: ...

    def add_report(self, report: Report, /) -> None:
        """Raises ReportWritten."""

    def report(self, session_id: SessionId, /) -> Report | None: ...

    def amend(self, session_id: SessionId, amendment: Amendment, /) -> None: ...


class Ratings(Protocol):
    def add(self, rating: Rating, /, *, customer_id: CustomerId) -> None:
        """Raises AlreadyRated."""

    def of(self, session_id: SessionId, /) -> Rating | None: ...
