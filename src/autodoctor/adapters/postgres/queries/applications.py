"""Applications as staff list them, from PostgreSQL."""

from collections.abc import Mapping
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Engine, RowMapping, bindparam, func, or_, select

from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.mechanics import mechanics, workshops
from autodoctor.adapters.postgres.tables.vetting import applications, documents
from autodoctor.domain.vetting.application import ApplicationKind, ApplicationStatus
from autodoctor.domain.vetting.document import DocumentStatus
from autodoctor.ports.people_queries import ApplicationFilter, ApplicationView

_PAPERS = select(func.count()).where(documents.c.subject_id == applications.c.subject_id)
_NAME: ColumnElement[str] = func.coalesce(workshops.c.name, mechanics.c.name, accounts.c.name)
_WAITING_SINCE = func.coalesce(applications.c.submitted_at, applications.c.created_at)

_TOLD = (
    applications.join(accounts, accounts.c.id == applications.c.applicant_id)
    .outerjoin(mechanics, mechanics.c.id == applications.c.subject_id)
    .outerjoin(workshops, workshops.c.id == applications.c.subject_id)
)
_VIEW = select(
    applications.c.id,
    applications.c.kind,
    applications.c.subject_id,
    applications.c.applicant_id,
    _NAME.label("name"),
    accounts.c.email,
    func.coalesce(workshops.c.city, mechanics.c.city, "").label("city"),
    applications.c.status,
    applications.c.created_at,
    applications.c.submitted_at,
    applications.c.decided_at,
    _PAPERS.scalar_subquery().label("papers"),
    _PAPERS.where(documents.c.status == DocumentStatus.PENDING)
    .scalar_subquery()
    .label("papers_pending"),
).select_from(_TOLD)
_BY_STATUS = (
    select(applications.c.status, func.count())
    .where(applications.c.kind == bindparam("kind"))
    .group_by(applications.c.status)
)


def _view_of(row: RowMapping) -> ApplicationView:
    kind, status = ApplicationKind(row["kind"]), ApplicationStatus(row["status"])
    return ApplicationView(**{**row, "kind": kind, "status": status})


def _conditions(which: ApplicationFilter) -> list[ColumnElement[bool]]:
    asked = [applications.c.kind == which.kind]
    if which.statuses:
        asked.append(applications.c.status.in_(sorted(which.statuses)))
    if which.text:
        columns = (_NAME, accounts.c.email)
        asked.append(or_(*(each.icontains(which.text, autoescape=True) for each in columns)))
    return asked


@attrs.frozen
class PostgresApplicationQueries:
    _engine: Engine

    def some(self, which: ApplicationFilter, /) -> tuple[ApplicationView, ...]:
        ordered = _VIEW.where(*_conditions(which)).order_by(_WAITING_SINCE, applications.c.id)
        statement = ordered.offset(which.skip).limit(which.most)
        with self._engine.connect() as connection:
            return tuple(map(_view_of, connection.execute(statement).mappings()))

    def by_status(self, kind: ApplicationKind, /) -> Mapping[ApplicationStatus, int]:
        with self._engine.connect() as connection:
            rows: Any = connection.execute(_BY_STATUS, {"kind": kind}).all()
        return {ApplicationStatus(status): count for status, count in rows}

    def count(self, which: ApplicationFilter, /) -> int:
        statement = select(func.count()).select_from(_TOLD).where(*_conditions(which))
        with self._engine.connect() as connection:
            return connection.execute(statement).scalar_one()
