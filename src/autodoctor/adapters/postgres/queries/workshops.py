"""Lists of workshops and what is on their dashboards, from PostgreSQL."""

from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Engine,
    RowMapping,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    true,
)

from autodoctor.adapters.postgres.tables.mechanics import mechanics, memberships, workshops
from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.adapters.postgres.tables.vetting import applications
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.sessions.states import MECHANIC_ENGAGED, SessionStatus
from autodoctor.domain.shared.ids import WorkshopId
from autodoctor.domain.vetting.application import OPEN, ApplicationStatus
from autodoctor.domain.workshops.membership import MembershipStatus
from autodoctor.ports.workshop_queries import (
    PAGE_SIZE_MAX,
    DirectoryEntry,
    MemberView,
    WorkshopFigures,
    WorkshopFilter,
    WorkshopPage,
    WorkshopRow,
    WorkshopsShown,
)

DONE = sorted({SessionStatus.COMPLETED, SessionStatus.ESCALATED, SessionStatus.ARCHIVED})

_COMPLETED = sessions.c.status.in_(DONE) & sessions.c.started_at.is_not(None)
_SESSIONS = (
    select(func.count())
    .select_from(sessions)
    .where(
        sessions.c.mechanic_id == mechanics.c.id,
        sessions.c.workshop_id == memberships.c.workshop_id,
        _COMPLETED,
    )
    .scalar_subquery()
)
_TEAM = (
    select(
        mechanics.c.id.label("mechanic_id"),
        mechanics.c.name,
        memberships.c.status,
        memberships.c.areas,
        memberships.c.asked_at,
        mechanics.c.approved,
        mechanics.c.on_shift_since.is_not(None).label("on_shift"),
        mechanics.c.rating_stars,
        mechanics.c.rating_count,
        _SESSIONS.label("sessions"),
    )
    .join_from(memberships, mechanics, mechanics.c.id == memberships.c.id)
    .where(memberships.c.workshop_id == bindparam("workshop_id"))
    .order_by(mechanics.c.name, mechanics.c.id)
)


def _since(name: str) -> ColumnElement[int]:
    return func.count().filter(_COMPLETED & (sessions.c.ended_at >= bindparam(name))).label(name)


_FIGURES = (
    select(
        func.count().filter(sessions.c.status.in_(sorted(MECHANIC_ENGAGED))).label("under_way"),
        *map(_since, ("today", "week", "month")),
    )
    .select_from(sessions)
    .where(sessions.c.workshop_id == bindparam("workshop_id"))
)
_MEMBERS = (
    select(func.count())
    .select_from(memberships)
    .where(memberships.c.workshop_id == workshops.c.id)
    .scalar_subquery()
)
_SHOWN: dict[WorkshopsShown, ColumnElement[bool]] = {
    WorkshopsShown.ALL: true(),
    WorkshopsShown.APPLYING: applications.c.status.in_(sorted(OPEN)),
    WorkshopsShown.OPEN: workshops.c.approved & workshops.c.suspended_at.is_(None),
    WorkshopsShown.SUSPENDED: workshops.c.suspended_at.is_not(None),
    WorkshopsShown.REJECTED: applications.c.status == ApplicationStatus.REJECTED,
}
_LISTED = select(
    workshops.c.id,
    workshops.c.name,
    workshops.c.city,
    workshops.c.province,
    workshops.c.email,
    workshops.c.contact_name,
    workshops.c.approved,
    workshops.c.suspended_at,
    workshops.c.capacity,
    _MEMBERS.label("members"),
    applications.c.id.label("application_id"),
    applications.c.status,
    applications.c.submitted_at,
    func.count().over().label("total"),
).join_from(workshops, applications, applications.c.subject_id == workshops.c.id, isouter=True)
_HANDED_IN = applications.c.status.is_distinct_from(ApplicationStatus.DRAFT)
_WAITING_FIRST = (
    applications.c.status.in_(sorted(OPEN)).is_not(True),
    applications.c.submitted_at,
    workshops.c.name,
    workshops.c.id,
)
_MECHANICS = (
    select(func.count())
    .select_from(memberships)
    .where(
        memberships.c.workshop_id == workshops.c.id,
        memberships.c.status == MembershipStatus.ACTIVE,
    )
    .scalar_subquery()
)
_DIRECTORY = (
    select(
        workshops.c.id,
        workshops.c.name,
        workshops.c.city,
        workshops.c.province,
        workshops.c.description,
        workshops.c.website,
        workshops.c.coverage,
        workshops.c.radius_km,
        (workshops.c.logo_key != "").label("has_logo"),
        _MECHANICS.label("mechanics"),
    )
    .where(_SHOWN[WorkshopsShown.OPEN])
    .order_by(workshops.c.name, workshops.c.id)
    .limit(PAGE_SIZE_MAX)
)


def _like(text: str, *columns: ColumnElement[str]) -> ColumnElement[bool]:
    return or_(*(column.icontains(text, autoescape=True) for column in columns))


@attrs.frozen
class PostgresWorkshopQueries:
    _engine: Engine

    def team(self, workshop_id: WorkshopId, /) -> tuple[MemberView, ...]:
        with self._engine.connect() as connection:
            rows = connection.execute(_TEAM, {"workshop_id": workshop_id}).mappings()
            return tuple(map(_member, rows))

    def figures(
        self, workshop_id: WorkshopId, /, *, today: datetime, week: datetime, month: datetime
    ) -> WorkshopFigures:
        given = {"workshop_id": workshop_id, "today": today, "week": week, "month": month}
        with self._engine.connect() as connection:
            return WorkshopFigures(**connection.execute(_FIGURES, given).mappings().one())

    def listed(self, which: WorkshopFilter, /) -> WorkshopPage:
        matching = _LISTED.where(_SHOWN[which.shown], _HANDED_IN)
        if which.text:
            found_in = (workshops.c.name, workshops.c.city, workshops.c.email)
            matching = matching.where(_like(which.text, *found_in))
        first = (which.page - 1) * which.page_size
        page = matching.order_by(*_WAITING_FIRST).limit(which.page_size).offset(first)
        with self._engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(page).mappings()]
        total = max((row.pop("total") for row in rows), default=0)
        return WorkshopPage(rows=tuple(map(_row, rows)), total=total)

    def directory(self, *, text: str = "", prefix: str = "") -> tuple[DirectoryEntry, ...]:
        found = _DIRECTORY
        if text:
            found = found.where(_like(text, workshops.c.name, workshops.c.city))
        if prefix:
            served = func.unnest(workshops.c.coverage).column_valued("served")
            asked = literal(prefix)
            either = or_(func.starts_with(asked, served), func.starts_with(served, asked))
            found = found.where(exists(select(served).where(either)))
        with self._engine.connect() as connection:
            rows = connection.execute(found).mappings()
            return tuple(
                DirectoryEntry(**{**row, "coverage": tuple(row["coverage"])}) for row in rows
            )


def _member(row: RowMapping) -> MemberView:
    values = dict(row)
    values["reputation"] = Reputation(values.pop("rating_stars"), values.pop("rating_count"))
    values["status"] = MembershipStatus(values["status"])
    values["areas"] = tuple(values["areas"])
    return MemberView(**values)


def _row(values: dict[str, Any]) -> WorkshopRow:
    status = values["status"] and ApplicationStatus(values["status"])
    return WorkshopRow(**{**values, "status": status})
