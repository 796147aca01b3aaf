"""Stores of things under an id, in a dict."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID

import attrs

from autodoctor.ports.stores import Missing, Stale

T = TypeVar("T")


class MemoryStore(Generic[T]):
    """A `Store`; `unique` gives what no two things may have in common: None is nobody's."""

    kind: str
    unique: tuple[Callable[[Any], object], ...] = ()

    def __init__(self, rows: dict[UUID, T]) -> None:
        self._rows = rows

    def add(self, thing: Any, /) -> None:
        if thing.id in self._rows:
            raise Stale(self.kind)
        self._check(thing)
        self._rows[thing.id] = attrs.evolve(thing, version=0)

    def get(self, key: UUID, /, *, lock: bool = False) -> T:  # noqa: ARG002 - a transaction in memory locks everything
        if key not in self._rows:
            raise Missing(self.kind)
        return self._rows[key]

    def save(self, thing: Any, /) -> T:
        before: Any = self._rows.get(thing.id)
        if before is None or before.version != thing.version:
            raise Stale(self.kind)
        self._check(thing)
        after: T = attrs.evolve(thing, version=thing.version + 1)
        self._rows[thing.id] = after
        return after

    def _check(self, thing: Any) -> None:
        """Raises the refusal of whatever stands in the way."""
        for value_of in self.unique:
            value = value_of(thing)
            others = (value_of(other) for other in self._others(thing))
            if value is not None and value in others:
                raise Stale(self.kind)

    def _others(self, thing: Any) -> tuple[T, ...]:
        return tuple(row for key, row in self._rows.items() if key != thing.id)


def provider_id(thing: Any) -> object:
    return thing.provider_id
