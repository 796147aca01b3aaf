"""A document somebody shows of themselves or their business, and what staff say of it."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import attrs

from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, DocumentId, FileId
from autodoctor.domain.shared.texts import check_text
from autodoctor.domain.vetting.events import DocumentReviewed

SIZE_MAX_BYTES: Final = 10 * 1024 * 1024
MEDIA_TYPES: Final = ("application/pdf", "image/jpeg", "image/png", "image/webp")
WARN_DAYS: Final = (30, 7, 0)
"""How long before its last day its owner is told."""


class DocumentKind(StrEnum):
    RED_SEAL = "red_seal"
    CERTIFICATION = "certification"
    LICENCE = "licence"
    INSURANCE = "insurance"
    BACKGROUND_CHECK = "background_check"
    IDENTITY = "identity"
    REGISTRATION = "registration"
    OTHER = "other"


class DocumentStatus(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


@attrs.frozen
class DocumentReviewedAlready(Conflict):
    """This document was looked at already; a new one replaces it."""

    status: DocumentStatus


@attrs.frozen
class DocumentOnFile(Conflict):
    """This document was approved and stays on file; a new one replaces it."""

    document_id: DocumentId


@attrs.frozen(kw_only=True)
class Document:
    """`subject_id` is whose it is: a mechanic or a workshop. It is good through
    `expires_on`; whether it has expired follows from the day it is asked for."""

    id: DocumentId
    subject_id: UUID
    file_id: FileId
    kind: DocumentKind
    uploaded_at: datetime
    number: str = ""
    expires_on: date | None = None
    status: DocumentStatus = DocumentStatus.PENDING
    reason: str = ""
    reviewed_at: datetime | None = None
    reviewed_by: AccountId | None = None
    version: int = 0

    def expired(self, *, today: date) -> bool:
        return self.expires_on is not None and self.expires_on < today

    def approve(self, *, by: AccountId, at: datetime) -> tuple["Document", tuple[Event, ...]]:
        """Approving again changes nothing."""
        if self.status is DocumentStatus.APPROVED:
            return self, ()
        return self._reviewed(DocumentStatus.APPROVED, "", by=by, at=at)

    def reject(
        self, reason: str, *, by: AccountId, at: datetime
    ) -> tuple["Document", tuple[Event, ...]]:
        """Rejecting again changes nothing. Raises InvalidField."""
        if self.status is DocumentStatus.REJECTED:
            return self, ()
        return self._reviewed(DocumentStatus.REJECTED, check_text("reason", reason), by=by, at=at)

    def check_withdrawable(self) -> None:
        """Raises DocumentOnFile."""
        if self.status is DocumentStatus.APPROVED:
            raise DocumentOnFile(self.id)

    def warning_due(self, days: int, *, today: date) -> bool:
        """Whether the warning of so many days is the one for today: one that comes too late is
        left to the next."""
        if self.status is not DocumentStatus.APPROVED or self.expires_on is None:
            return False
        later = [each for each in WARN_DAYS if each < days]
        return not later or (self.expires_on - today).days > later[0]

    def _reviewed(
        self, status: DocumentStatus, reason: str, *, by: AccountId, at: datetime
    ) -> tuple["Document", tuple[Event, ...]]:
        if self.status is not DocumentStatus.PENDING:
            raise DocumentReviewedAlready(self.status)
        after = attrs.evolve(self, status=status, reason=reason, reviewed_by=by, reviewed_at=at)
        approved = status is DocumentStatus.APPROVED
        return after, (DocumentReviewed(self.id, self.subject_id, approved, reason),)


PAPERS: Final = (DocumentKind.INSURANCE, DocumentKind.LICENCE)
"""What a mechanic must not be without; these have a last day."""


def papers_expire_on(documents: Iterable[Document]) -> date | None:
    """The first last day of the papers, each counted with the approved one that is good for
    longest; None when none of them was approved."""
    good_through: dict[DocumentKind, date] = {}
    for each in documents:
        if each.kind in PAPERS and each.status is DocumentStatus.APPROVED and each.expires_on:
            known = good_through.get(each.kind, each.expires_on)
            good_through[each.kind] = max(known, each.expires_on)
    return min(good_through.values(), default=None)


def superseded(document: Document, others: Iterable[Document]) -> bool:
    """Whether an approved one of its kind is good for longer."""
    return any(
        each.kind is document.kind
        and each.status is DocumentStatus.APPROVED
        and (each.expires_on is None or each.expires_on > (document.expires_on or date.max))
        for each in others
    )


def check_document(*, media_type: str, size_bytes: int) -> None:
    """Raises InvalidField: PDF, JPEG, PNG or WebP of at most 10 MB."""
    if media_type not in MEDIA_TYPES:
        raise InvalidField("file", "Send a PDF, JPEG, PNG or WebP file.")
    if not 0 < size_bytes <= SIZE_MAX_BYTES:
        raise InvalidField("file", "The file may have 10 MB.")


def check_expiry(expires_on: date | None, *, today: date) -> date | None:
    """Raises InvalidField for a day that has passed."""
    if expires_on is not None and expires_on < today:
        raise InvalidField("expires_on", "This document has expired; send a valid one.")
    return expires_on


def check_last_day(kind: DocumentKind, expires_on: date | None, *, today: date) -> date | None:
    """The same, and a paper has one."""
    if expires_on is None and kind in PAPERS:
        raise InvalidField("expires_on", "Enter the expiry date.")
    return check_expiry(expires_on, today=today)
