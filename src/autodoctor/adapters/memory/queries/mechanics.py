"""Documents of mechanics and reviews of them, over what was committed in memory."""

from collections import Counter
from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.room.report import Rating
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.domain.vetting.document import Document, DocumentStatus
from autodoctor.ports.mechanic_queries import DocumentView, ReviewView


@attrs.frozen
class MemoryMechanicQueries:
    _kept: MemoryTransactions

    def documents(
        self, *, status: DocumentStatus | None, before: datetime | None, most: int
    ) -> tuple[DocumentView, ...]:
        tables = self._kept.tables
        found = [
            each
            for each in tables.documents.values()
            if each.subject_id in tables.mechanics
            and status in (None, each.status)
            and (before is None or each.uploaded_at < before)
        ]
        first = sorted(sorted(found, key=_id), key=lambda each: each.uploaded_at, reverse=True)
        return tuple(_document_view(tables, each) for each in first[:most])

    def reviews(
        self, mechanic_id: MechanicId, /, *, before: datetime | None, most: int
    ) -> tuple[ReviewView, ...]:
        tables = self._kept.tables
        mine = [each for each in self._of(mechanic_id) if before is None or each.rated_at < before]
        first = sorted(
            sorted(mine, key=lambda each: each.session_id),
            key=lambda each: each.rated_at,
            reverse=True,
        )
        return tuple(_review_view(tables, each) for each in first[:most])

    def stars(self, mechanic_id: MechanicId, /) -> dict[int, int]:
        return dict(Counter(each.stars for each in self._of(mechanic_id)))

    def _of(self, mechanic_id: MechanicId) -> list[Rating]:
        ratings = self._kept.tables.ratings.values()
        return [each for each in ratings if each.mechanic_id == mechanic_id]


def _id(document: Document) -> UUID:
    return document.id


def _document_view(tables: Tables, each: Document) -> DocumentView:
    file = tables.files[each.file_id]
    return DocumentView(
        id=each.id,
        mechanic_id=MechanicId(each.subject_id),
        mechanic_name=tables.mechanics[each.subject_id].name,
        file_id=each.file_id,
        file_name=file.name,
        media_type=file.media_type,
        kind=each.kind,
        number=each.number,
        expires_on=each.expires_on,
        status=each.status,
        reason=each.reason,
        uploaded_at=each.uploaded_at,
        reviewed_at=each.reviewed_at,
    )


def _review_view(tables: Tables, rating: Rating) -> ReviewView:
    session = tables.sessions[rating.session_id]
    return ReviewView(
        stars=rating.stars,
        review=rating.review,
        rated_at=rating.rated_at,
        customer_first_name=tables.accounts[session.customer_id].name.split(" ")[0],
        plan_name=tables.plans[session.terms.plan].name,
    )
