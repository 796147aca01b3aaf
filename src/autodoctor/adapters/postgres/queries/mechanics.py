"""Documents of mechanics and reviews of them, from PostgreSQL."""

from datetime import datetime

import attrs
from sqlalchemy import Engine, Select, bindparam, func, select

from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.mechanics import mechanics
from autodoctor.adapters.postgres.tables.plans import plans
from autodoctor.adapters.postgres.tables.room import files, ratings
from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.adapters.postgres.tables.vetting import documents
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.domain.vetting.document import DocumentKind, DocumentStatus
from autodoctor.ports.mechanic_queries import DocumentView, ReviewView

_AS_THE_PLATFORM = select(func.set_config("autodoctor.role", SYSTEM.role.value, True))
"""Files and ratings are under row-level security. Documents are listed for staff alone; of a
rating everybody may read what the views hold."""

_DOCUMENTS = (
    select(
        documents.c.id,
        documents.c.subject_id.label("mechanic_id"),
        mechanics.c.name.label("mechanic_name"),
        documents.c.file_id,
        files.c.name.label("file_name"),
        files.c.media_type,
        documents.c.kind,
        documents.c.number,
        documents.c.expires_on,
        documents.c.status,
        documents.c.reason,
        documents.c.uploaded_at,
        documents.c.reviewed_at,
    )
    .join(mechanics, mechanics.c.id == documents.c.subject_id)
    .join(files, files.c.id == documents.c.file_id)
    .order_by(documents.c.uploaded_at.desc(), documents.c.id)
    .limit(bindparam("most"))
)
_REVIEWS = (
    select(
        ratings.c.stars,
        ratings.c.review,
        ratings.c.rated_at,
        func.split_part(accounts.c.name, " ", 1).label("customer_first_name"),
        plans.c.name.label("plan_name"),
    )
    .join(accounts, accounts.c.id == ratings.c.customer_id)
    .join(sessions, sessions.c.id == ratings.c.session_id)
    .join(plans, plans.c.slug == sessions.c.plan)
    .where(ratings.c.mechanic_id == bindparam("mechanic_id"))
    .order_by(ratings.c.rated_at.desc(), ratings.c.session_id)
    .limit(bindparam("most"))
)
_STARS = (
    select(ratings.c.stars, func.count())
    .where(ratings.c.mechanic_id == bindparam("mechanic_id"))
    .group_by(ratings.c.stars)
)


@attrs.frozen
class PostgresMechanicQueries:
    _engine: Engine

    def documents(
        self, *, status: DocumentStatus | None, before: datetime | None, most: int
    ) -> tuple[DocumentView, ...]:
        asked: Select[tuple[object, ...]] = _DOCUMENTS
        if status is not None:
            asked = asked.where(documents.c.status == status)
        if before is not None:
            asked = asked.where(documents.c.uploaded_at < before)
        with self._engine.begin() as connection:
            connection.execute(_AS_THE_PLATFORM)
            rows = connection.execute(asked, {"most": most}).mappings()
            return tuple(
                DocumentView(
                    **{
                        **row,
                        "kind": DocumentKind(row["kind"]),
                        "status": DocumentStatus(row["status"]),
                    }
                )
                for row in rows
            )

    def reviews(
        self, mechanic_id: MechanicId, /, *, before: datetime | None, most: int
    ) -> tuple[ReviewView, ...]:
        asked = _REVIEWS if before is None else _REVIEWS.where(ratings.c.rated_at < before)
        with self._engine.begin() as connection:
            connection.execute(_AS_THE_PLATFORM)
            rows = connection.execute(asked, {"mechanic_id": mechanic_id, "most": most}).mappings()
            return tuple(ReviewView(**row) for row in rows)

    def stars(self, mechanic_id: MechanicId, /) -> dict[int, int]:
        with self._engine.begin() as connection:
            connection.execute(_AS_THE_PLATFORM)
            rows = connection.execute(_STARS, {"mechanic_id": mechanic_id})
            return dict(map(tuple, rows))
