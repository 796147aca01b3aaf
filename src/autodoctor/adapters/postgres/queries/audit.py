"""The audit log with names, from PostgreSQL."""

from typing import Any

import attrs
from sqlalchemy import ColumnElement, Engine, RowMapping, func, select

from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.mechanics import workshops
from autodoctor.adapters.postgres.tables.vetting import audit
from autodoctor.adapters.postgres.vetting import deed_of
from autodoctor.ports.audit_queries import DeedFilter, DeedView

_actor, _subject = accounts.alias("actor"), accounts.alias("subject")
_VIEW = (
    select(
        audit,
        func.coalesce(_actor.c.name, "").label("actor_name"),
        func.coalesce(_subject.c.name, workshops.c.name, "").label("subject_name"),
    )
    .outerjoin(_actor, _actor.c.id == audit.c.actor_id)
    .outerjoin(_subject, _subject.c.id == audit.c.subject_id)
    .outerjoin(workshops, workshops.c.id == audit.c.subject_id)
)


def _view_of(row: RowMapping) -> DeedView:
    values: dict[str, Any] = dict(row)
    names = values.pop("actor_name"), values.pop("subject_name")
    return DeedView(deed_of(values), *names)  # type: ignore[arg-type]


def _conditions(which: DeedFilter) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if which.by is not None:
        asked.append(audit.c.actor_id == which.by)
    if which.on is not None:
        asked.append(audit.c.subject_id == which.on)
    if which.before is not None:
        asked.append(audit.c.at < which.before)
    return asked


@attrs.frozen
class PostgresAuditQueries:
    _engine: Engine

    def some(self, which: DeedFilter, /) -> tuple[DeedView, ...]:
        found = _VIEW.where(*_conditions(which)).order_by(audit.c.position.desc())
        with self._engine.connect() as connection:
            rows = connection.execute(found.limit(which.most)).mappings()
            return tuple(map(_view_of, rows))
