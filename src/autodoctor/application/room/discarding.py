"""Throwing away a file that nobody needs any more: first its content, then its row."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

from autodoctor.application.sessions.keeping import Timer
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import FileId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

UNUSED_FOR: Final = timedelta(days=1)
"""An upload that is used for nothing so long is deleted."""


def let_go(ports: Ports, tx: Transaction, file_id: FileId) -> None:
    """In the transaction that takes away what pointed at it; the worker does the rest."""
    tx.timers.set(Timer.DISCARD_FILE, file_id, due_at=ports.now())


def discard_file(ports: Ports, file_id: UUID) -> None:
    """Again changes nothing. Raises StorageUnavailable, after which it is tried again."""
    _discard(ports, FileId(file_id), lambda _file: True)


def discard_unused(ports: Ports, file_id: UUID) -> None:
    """The same, unless it is used for something meanwhile."""
    _discard(ports, FileId(file_id), lambda file: file.purpose is None)


def _discard(ports: Ports, file_id: FileId, agreed: Callable[[File], bool]) -> None:
    """Once its row says that it is discarded nobody can use it; a file that something still
    points at is refused there, with its content in place."""
    with ports.transactions(SYSTEM) as tx:
        try:
            file = tx.files.get(file_id, lock=True)
        except Missing:
            return
        if not agreed(file):
            return
        tx.files.save(file.discard())
    ports.storage.delete(file.storage_key)
    with ports.transactions(SYSTEM) as tx:
        tx.files.remove(file.id)
