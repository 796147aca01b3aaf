"""Counting in PostgreSQL, one row for each key. Rows of windows that are over go by the way."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import attrs
from sqlalchemy import Connection, bindparam, case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.tables.tallies import tallies
from autodoctor.domain.shared.limits import Limit, Tally

SWEPT: Final = 5
"""How many rows that are over go with each new one: more than come, so that they never pile up."""

_OVER = tallies.c.ends_at <= bindparam("at")
_INSERT = upsert(tallies).values(key=bindparam("key"), count=1, ends_at=bindparam("until"))
_ADD = _INSERT.on_conflict_do_update(
    index_elements=["key"],
    set_={
        "count": case((_OVER, 1), else_=tallies.c.count + 1),
        "ends_at": case((_OVER, bindparam("until")), else_=tallies.c.ends_at),
    },
).returning(tallies.c.count, tallies.c.ends_at)
_RUNNING = (tallies.c.key == bindparam("which")) & (tallies.c.ends_at > bindparam("at"))
_TAKE_BACK = update(tallies).where(_RUNNING).values(count=func.greatest(tallies.c.count - 1, 0))
_CLEAR = delete(tallies).where(tallies.c.key == bindparam("which"))
_READ = select(tallies.c.count, tallies.c.ends_at).where(_RUNNING)
_OLD = select(tallies.c.key).where(_OVER).limit(SWEPT).with_for_update(skip_locked=True).cte()
_SWEEP = delete(tallies).where(tallies.c.key.in_(select(_OLD.c.key)))


@attrs.frozen
class PostgresTallies:
    _connection: Connection

    def add(self, key: str, limit: Limit, /, *, at: datetime) -> Tally:
        given = {"key": key, "until": at + limit.per, "at": at}
        tally = Tally(*self._connection.execute(_ADD, given).one())
        if tally.count == 1:
            self._connection.execute(_SWEEP, {"at": at})
        return tally

    def take_back(self, key: str, /, *, at: datetime) -> None:
        self._connection.execute(_TAKE_BACK, {"which": key, "at": at})

    def clear(self, keys: Iterable[str], /) -> None:
        for key in sorted(keys):
            self._connection.execute(_CLEAR, {"which": key})

    def read(self, key: str, /, *, at: datetime) -> Tally | None:
        found = self._connection.execute(_READ, {"which": key, "at": at}).first()
        return None if found is None else Tally(*found)
