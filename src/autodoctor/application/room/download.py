"""Fetching a file by its signed link."""

from typing import BinaryIO

from autodoctor.domain.room.file import File
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import FileId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing


def linked_file(ports: Ports, *, file_id: FileId) -> tuple[File, BinaryIO]:
    """The file and its content, from the start; the caller closes it.

    The link itself is the permission: it was made for somebody who may see the file, names
    this one file, and has been checked by whoever calls this. Raises Missing, LinkInvalid,
    StorageUnavailable.
    """
    with ports.transactions(SYSTEM) as tx:
        file = tx.files.get(file_id)
    if file.stored_at is None:
        raise Missing("file")
    return file, ports.storage.read(file.storage_key)
