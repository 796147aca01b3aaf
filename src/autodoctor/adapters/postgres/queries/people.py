"""People as staff list them, from PostgreSQL."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import attrs
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Engine,
    RowMapping,
    Select,
    Text,
    bindparam,
    cast,
    func,
    or_,
    select,
)

from autodoctor.adapters.postgres.engine import unlimited
from autodoctor.adapters.postgres.tables.accounts import accounts, logins
from autodoctor.adapters.postgres.tables.mechanics import mechanics
from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.shared.actor import Role
from autodoctor.ports.people_queries import (
    MechanicFacts,
    PeopleFigures,
    PersonFilter,
    PersonView,
)

BATCH: Final = 500

_SEEN = select(func.max(logins.c.seen_at)).where(logins.c.account_id == accounts.c.id)
_BOOKED = select(func.count()).where(sessions.c.customer_id == accounts.c.id)
_TOLD = accounts.outerjoin(mechanics, mechanics.c.id == accounts.c.id)
_VIEW = select(
    accounts.c.id,
    accounts.c.name,
    accounts.c.email,
    accounts.c.phone,
    accounts.c.roles,
    accounts.c.standing,
    accounts.c.suspended_until,
    accounts.c.verified_at,
    accounts.c.created_at,
    _SEEN.scalar_subquery().label("seen_at"),
    _BOOKED.scalar_subquery().label("booked"),
    mechanics.c.approved,
    mechanics.c.on_shift_since,
    mechanics.c.city,
    mechanics.c.profile_completion,
    mechanics.c.papers_expire_on,
    mechanics.c.rating_stars,
    mechanics.c.rating_count,
    mechanics.c.completed_sessions,
).select_from(_TOLD)
_OF_PERSON: Final = (
    *("id", "name", "email", "phone", "suspended_until", "verified_at", "created_at"),
    *("seen_at", "booked"),
)


def _view_of(row: RowMapping) -> PersonView:
    return PersonView(
        **{name: row[name] for name in _OF_PERSON},
        roles=frozenset(map(Role, row["roles"])),
        standing=Standing(row["standing"]),
        mechanic=_facts_of(row) if Role.MECHANIC in row["roles"] else None,
    )


def _facts_of(row: RowMapping) -> MechanicFacts | None:
    if row["approved"] is None:
        return None
    return MechanicFacts(
        approved=row["approved"],
        on_shift=row["on_shift_since"] is not None,
        city=row["city"],
        profile_completion=row["profile_completion"],
        papers_expire_on=row["papers_expire_on"],
        reputation=Reputation(row["rating_stars"], row["rating_count"]),
        completed_sessions=row["completed_sessions"],
    )


def _wears(role: Role) -> ColumnElement[bool]:
    return accounts.c.roles.bool_op("@>")(cast([role.value], ARRAY(Text)))


def _over(at: Any) -> ColumnElement[bool]:
    return func.coalesce(accounts.c.suspended_until <= at, False)


def _standing(wanted: Standing, at: Any) -> ColumnElement[bool]:
    kept = accounts.c.standing
    match wanted:
        case Standing.ACTIVE:
            return or_(kept == wanted, (kept == Standing.SUSPENDED) & _over(at))
        case Standing.SUSPENDED:
            return (kept == wanted) & ~_over(at)
        case _:
            return kept == wanted


def _conditions(which: PersonFilter) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if which.role is not None:
        asked.append(_wears(which.role))
    if which.standing is not None:
        asked.append(_standing(which.standing, which.at))
    if which.verified is not None:
        asked.append(accounts.c.verified_at.is_not(None) == which.verified)
    if which.approved is not None:
        asked.append(func.coalesce(mechanics.c.approved, False) == which.approved)
    if which.text:
        columns = (accounts.c.name, accounts.c.email, accounts.c.phone)
        asked.append(or_(*(each.icontains(which.text, autoescape=True) for each in columns)))
    return asked


def listing(which: PersonFilter) -> Select[Any]:
    """Newest first, whole."""
    found = _VIEW.where(*_conditions(which))
    return found.order_by(accounts.c.created_at.desc(), accounts.c.id.desc())


_ROLES: Final = tuple(role.value for role in Role if role is not Role.SYSTEM)
_HERE = accounts.c.standing != Standing.CLOSED
_LOGGED_IN = (
    select(func.count(logins.c.account_id.distinct()))
    .where(logins.c.ended_at.is_(None), logins.c.seen_at > bindparam("since"))
    .scalar_subquery()
)
_FIGURES = select(
    *(func.count().filter(_HERE, _wears(Role(name))).label(name) for name in _ROLES),
    func.count().filter(_standing(Standing.SUSPENDED, bindparam("at"))).label("suspended"),
    func.count().filter(accounts.c.standing == Standing.BANNED).label("banned"),
    _LOGGED_IN.label("logged_in"),
).select_from(accounts)


@attrs.frozen
class PostgresPeopleQueries:
    _engine: Engine

    def some(self, which: PersonFilter, /) -> tuple[PersonView, ...]:
        statement = listing(which).offset(which.skip).limit(which.most)
        with self._engine.connect() as connection:
            return tuple(map(_view_of, connection.execute(statement).mappings()))

    def count(self, which: PersonFilter, /) -> int:
        statement = select(func.count()).select_from(_TOLD).where(*_conditions(which))
        with self._engine.connect() as connection:
            return connection.execute(statement).scalar_one()

    def stream(self, which: PersonFilter, /) -> Iterator[PersonView]:
        with self._engine.connect() as connection:
            unlimited(connection)
            rows = connection.execution_options(yield_per=BATCH).execute(listing(which))
            yield from map(_view_of, rows.mappings())

    def figures(self, *, at: datetime, since: datetime) -> PeopleFigures:
        with self._engine.connect() as connection:
            row = connection.execute(_FIGURES, {"at": at, "since": since}).one()
        by_role = {Role(name): getattr(row, name) for name in _ROLES}
        return PeopleFigures(
            by_role=by_role, suspended=row.suspended, banned=row.banned, logged_in=row.logged_in
        )
