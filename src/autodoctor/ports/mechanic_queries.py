"""Lists about mechanics: for staff, and for whoever wants to know what customers think."""

from datetime import date, datetime
from typing import Protocol

import attrs

from autodoctor.domain.shared.ids import DocumentId, FileId, MechanicId
from autodoctor.domain.vetting.document import DocumentKind, DocumentStatus


@attrs.frozen(kw_only=True)
class DocumentView:
    """A mechanic's document as staff see it in a list."""

    id: DocumentId
    mechanic_id: MechanicId
    mechanic_name: str
    file_id: FileId
    file_name: str
    media_type: str
    kind: DocumentKind
    number: str
    expires_on: date | None
    status: DocumentStatus
    reason: str
    uploaded_at: datetime
    reviewed_at: datetime | None


@attrs.frozen(kw_only=True)
class ReviewView:
    """What a customer said; of the customer a first name alone."""

    stars: int
    review: str
    rated_at: datetime
    customer_first_name: str
    plan_name: str


class MechanicQueries(Protocol):
    def documents(
        self, *, status: DocumentStatus | None, before: datetime | None, most: int
    ) -> tuple[DocumentView, ...]:
        """Of mechanics, newest first; uploaded before `before`."""

    def reviews(
        self, mechanic_id: MechanicId, /, *, before: datetime | None, most: int
    ) -> tuple[ReviewView, ...]:
        """Newest first; given before `before`."""

    def stars(self, mechanic_id: MechanicId, /) -> dict[int, int]:
        """How often each number of stars was given; those never given are left out."""
