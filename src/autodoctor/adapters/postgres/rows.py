"""Stores of things under an id: two pure functions map a thing to its row and back."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar
from uuid import UUID

import attrs
from sqlalchemy import (
    Column,
    Connection,
    Executable,
    RowMapping,
    Table,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from autodoctor.domain.shared.errors import Refusal
from autodoctor.ports.stores import Missing, Stale

T = TypeVar("T")
Row = dict[str, Any]
Refusals = Mapping[str, Callable[[Any], Refusal]]
"""Which refusal stands for a broken constraint, made from the thing that broke it."""


@attrs.frozen
class Guards:
    """What keeps two from winning at once. The proofs switch one off to show the fault;
    nothing else ever does."""

    row_locks: bool = True
    versions: bool = True
    shared_keys: bool = True
    """Whether a locked row may be pointed at by others meanwhile (FOR NO KEY UPDATE)."""


@attrs.frozen
class Mapped(Generic[T]):
    """`to_row` leaves out the version, which is the store's business."""

    table: Table
    to_row: Callable[[T], Row]
    from_row: Callable[[RowMapping], T]
    refusals: Refusals = attrs.field(factory=dict)
    versioned: bool = True

    @property
    def kind(self) -> str:
        return self.table.name.rstrip("s")


class Statements:
    """The statements of a store, built once: building costs more than running them."""

    def __init__(self, mapped: Mapped[Any]) -> None:
        table = mapped.table
        mine = table.c.id == bindparam("key")
        names = [column.name for column in stored(table) if _mapped(column.name)]
        changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        self.read = select(*stored(table)).where(mine)
        self.lock = self.read.with_for_update(key_share=True)
        self.lock_alone = self.read.with_for_update()
        self.insert = insert(table)
        self.update_any = update(table).where(mine).values(changed)
        self.update = self.update_any
        if mapped.versioned:
            self.update = self.update_any.where(table.c.version == bindparam("before"))


def stored(table: Table) -> list[Column[Any]]:
    """Without the columns that the database computes: nothing is mapped to them."""
    return [column for column in table.c if column.computed is None]


def _mapped(column: str) -> bool:
    """The id stays; numbers the database gives are not ours to write."""
    return column not in ("id", "position")


class RowStore(Generic[T]):
    """A `Store` in one table."""

    mapped: Mapped[T]
    statements: Statements

    def __init__(self, connection: Connection, guards: Guards) -> None:
        self._connection = connection
        self._guards = guards

    def __init_subclass__(cls) -> None:
        cls.statements = Statements(cls.mapped)

    def add(self, thing: T, /) -> None:
        row = self.mapped.to_row(thing)
        if self.mapped.versioned:
            row["version"] = 0
        self._run(self.statements.insert, row, thing)

    def get(self, key: UUID, /, *, lock: bool = False) -> T:
        statement = self._locking if lock and self._guards.row_locks else self.statements.read
        found = self._connection.execute(statement, {"key": key}).mappings().first()
        if found is None:
            raise Missing(self.mapped.kind)
        return self.mapped.from_row(found)

    @property
    def _locking(self) -> Executable:
        return self.statements.lock if self._guards.shared_keys else self.statements.lock_alone

    def save(self, thing: Any, /) -> T:
        row = self.mapped.to_row(thing)
        values = {f"new_{name}": value for name, value in row.items() if name != "id"}
        values["key"] = row["id"]
        if not self.mapped.versioned:
            self._run(self.statements.update, values, thing)
            return thing  # type: ignore[no-any-return]
        before: int = thing.version
        values |= {"new_version": before + 1, "before": before}
        checked = self._guards.versions
        statement = self.statements.update if checked else self.statements.update_any
        if self._run(statement, values, thing) == 0:
            raise Stale(self.mapped.kind)
        return attrs.evolve(thing, version=before + 1)  # type: ignore[no-any-return]

    def _run(self, statement: Executable, values: Row, thing: object) -> int:
        try:
            return self._connection.execute(statement, values).rowcount
        except IntegrityError as error:
            raise self._refusal(error, thing) from error

    def _refusal(self, error: IntegrityError, thing: object) -> Exception:
        name = constraint(error)
        if name in self.mapped.refusals:
            return self.mapped.refusals[name](thing)
        if name.startswith(("pk_", "uq_")):
            return Stale(self.mapped.kind)
        return error

    def _one(self, statement: Executable, values: Row) -> T | None:
        found = self._connection.execute(statement, values).mappings().first()
        return None if found is None else self.mapped.from_row(found)

    def _all(self, statement: Executable, values: Row) -> tuple[T, ...]:
        rows = self._connection.execute(statement, values).mappings()
        return tuple(self.mapped.from_row(row) for row in rows)


def constraint(error: IntegrityError) -> str:
    """The name of the broken constraint, by identity and not by text."""
    diagnosis = getattr(error.orig, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
