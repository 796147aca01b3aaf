"""Fetching a file by its link."""

from typing import BinaryIO

from autodoctor.application.operations.security import record_staff_read
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import FileId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing


def linked_file(ports: Ports, *, actor: Actor, file_id: FileId) -> tuple[File, BinaryIO]:
    """The file and its content, from the start; the caller closes it.

    The link says that the actor was allowed to see the file when it was made; that they still are
    is what the store answers. What staff fetch is recorded before anything of it is read. Raises
    Missing, LinkInvalid, StorageUnavailable.
    """
    with ports.transactions(actor) as tx:
        file = tx.files.get(file_id)
        if file.stored_at is None:
            raise Missing("file")
        if file.owner_id != actor.account_id:
            whose = Subject("file", file_id)
            record_staff_read(ports, tx, SecurityKind.FILE_READ, by=actor, about=whose)
    return file, ports.storage.read(file.storage_key)
