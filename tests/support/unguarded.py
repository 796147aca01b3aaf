"""Stores whose guards are off, to show that a proof can fail."""

from collections.abc import Iterator
from contextlib import contextmanager

import attrs
from sqlalchemy import text

from autodoctor.adapters.memory.revenue import MemoryLedger
from autodoctor.adapters.memory.sessions import MemorySessions
from autodoctor.adapters.memory.tables import Posted
from autodoctor.adapters.memory.transactions import MemoryTransaction, MemoryTransactions
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import Actor
from support.postgres import Database


class Unlooking(MemorySessions):
    def _check(self, thing: Session) -> None:
        """Lets every session pass."""


@attrs.frozen
class Repeating(MemoryLedger):
    """Takes a key again and again."""

    def _post(self, posted: Posted) -> bool:
        key = posted.entry.key
        while key in self._tables.ledger:
            key += "'"
        self._tables.ledger[key] = posted
        return True


class UnguardedMemory(MemoryTransactions):
    @contextmanager
    def __call__(self, actor: Actor, /) -> Iterator[MemoryTransaction]:
        with super().__call__(actor) as tx:
            tx.sessions = Unlooking(tx._tables)
            tx.ledger = Repeating(tx.ledger._tables)
            yield tx


def unguarded_memory() -> UnguardedMemory:
    return UnguardedMemory(routes=ROUTES)


def without(database: Database, guard: str) -> None:
    """Takes a constraint or an index away, as the tables' owner."""
    held = text("SELECT conrelid::regclass::text FROM pg_constraint WHERE conname = :name")
    with database.owner.begin() as connection:
        table = connection.execute(held, {"name": guard}).scalar()
        drop = f"ALTER TABLE {table} DROP CONSTRAINT {guard}" if table else f"DROP INDEX {guard}"
        connection.execute(text(drop))
