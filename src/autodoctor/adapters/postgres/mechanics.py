"""Mechanics and the pool of those on shift in PostgreSQL."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import attrs
from sqlalchemy import (
    Connection,
    RowMapping,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.booking import plain
from autodoctor.adapters.postgres.pool import best_keys, pool_row, pooled
from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore
from autodoctor.adapters.postgres.tables.mechanics import mechanics, pool, shifts
from autodoctor.adapters.postgres.tables.sessions import STAY_INDEPENDENT
from autodoctor.application.mechanics.eligibility import candidate_of
from autodoctor.domain.matching.candidate import Wanted
from autodoctor.domain.matching.ranking import Ranked, rank
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.sessions.independence import SessionBetween
from autodoctor.domain.shared.ids import MechanicId


def mechanic_row(mechanic: Mechanic) -> Row:
    values = plain(mechanic)
    reputation: Reputation = values.pop("reputation")
    return values | {
        "rating_stars": reputation.stars,
        "rating_count": reputation.count,
        "keywords": sorted(mechanic.keywords),
        "brands": sorted(mechanic.brands),
        "specializations": list(mechanic.specializations),
    }


def mechanic_of(row: RowMapping) -> Mechanic:
    values = dict(row)
    reputation = Reputation(values.pop("rating_stars"), values.pop("rating_count"))
    values["keywords"] = frozenset(values["keywords"])
    values["brands"] = frozenset(values["brands"])
    values["specializations"] = tuple(values["specializations"])
    return Mechanic(reputation=reputation, **values)


class PostgresMechanics(RowStore[Mechanic]):
    mapped = Mapped(
        mechanics,
        mechanic_row,
        mechanic_of,
        {STAY_INDEPENDENT: lambda _mechanic: SessionBetween()},
    )

    def add(self, thing: Mechanic, /) -> None:
        super().add(thing)
        self._keep_pool(thing)

    def save(self, thing: Any, /) -> Mechanic:
        saved = super().save(thing)
        self._keep_pool(saved)
        return saved

    def _keep_pool(self, mechanic: Mechanic) -> None:
        if not pooled(mechanic):
            self._connection.execute(delete(pool).where(pool.c.mechanic_id == mechanic.id))
            return
        row = pool_row(mechanic)
        statement = upsert(pool).on_conflict_do_update(index_elements=["mechanic_id"], set_=row)
        self._connection.execute(statement, row)

    def best(self, wanted: Wanted, /, *, most: int, today: date) -> tuple[Ranked, ...]:
        keys = best_keys(self._connection, wanted, most=most, today=today)
        found = self._all(_MANY, {"keys": keys})
        return rank(map(candidate_of, found), wanted, most=most)

    def on_shift_count(self) -> int:
        return self._connection.execute(select(func.count()).select_from(pool)).scalar_one()


_MANY = select(mechanics).where(mechanics.c.id == func.any(bindparam("keys", type_=None)))


@attrs.frozen
class PostgresShifts:
    _connection: Connection

    def begin(self, mechanic_id: MechanicId, /, *, at: datetime) -> None:
        row = {"id": uuid4(), "mechanic_id": mechanic_id, "began_at": at}
        self._connection.execute(upsert(shifts).on_conflict_do_nothing(), row)

    def end(self, mechanic_id: MechanicId, /, *, at: datetime) -> None:
        running = (shifts.c.mechanic_id == mechanic_id) & shifts.c.ended_at.is_(None)
        self._connection.execute(update(shifts).where(running).values(ended_at=at))
