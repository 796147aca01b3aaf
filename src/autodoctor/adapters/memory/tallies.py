"""Counting in memory."""

from collections.abc import Iterable
from datetime import datetime

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.shared.limits import Limit, Tally


@attrs.frozen
class MemoryTallies:
    _tables: Tables

    def add(self, key: str, limit: Limit, /, *, at: datetime) -> Tally:
        before = self._tables.tallies.get(key, Tally(0, at))
        self._tables.tallies[key] = before.counted(limit, at=at)
        return self._tables.tallies[key]

    def take_back(self, key: str, /, *, at: datetime) -> None:
        found = self.read(key, at=at)
        if found is not None:
            self._tables.tallies[key] = attrs.evolve(found, count=max(0, found.count - 1))

    def clear(self, keys: Iterable[str], /) -> None:
        for key in keys:
            self._tables.tallies.pop(key, None)

    def read(self, key: str, /, *, at: datetime) -> Tally | None:
        found = self._tables.tallies.get(key)
        return found if found is not None and at < found.ends_at else None
