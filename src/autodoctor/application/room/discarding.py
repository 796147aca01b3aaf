"""Throwing away a file that nobody needs any more: first its content, then its row."""

from uuid import UUID

from autodoctor.application.sessions.keeping import Timer
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import FileId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def let_go(ports: Ports, tx: Transaction, file_id: FileId) -> None:
    """In the transaction that takes away what pointed at it; the worker does the rest."""
    tx.timers.set(Timer.DISCARD_FILE, file_id, due_at=ports.now())


def discard_file(ports: Ports, file_id: UUID) -> None:
    """Again changes nothing. Raises StorageUnavailable, after which it is tried again."""
    with ports.transactions(SYSTEM) as tx:
        try:
            file = tx.files.get(FileId(file_id))
        except Missing:
            return
    ports.storage.delete(file.storage_key)
    with ports.transactions(SYSTEM) as tx:
        tx.files.remove(file.id)
