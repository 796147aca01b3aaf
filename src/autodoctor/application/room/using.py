"""Giving an uploaded file its purpose: the one thing that it is used for from then on."""

from typing import Any

from autodoctor.application.access.may import Whose, may
from autodoctor.application.access.room import UPLOAD
from autodoctor.application.sessions.keeping import Timer
from autodoctor.domain.room.file import File, FileInUse, FileNotStored, FilePurpose
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def own_upload(tx: Transaction, actor: Actor, file_id: FileId) -> File:
    """One's own file, which nobody else uses meanwhile. Raises Missing."""
    file = tx.files.get(file_id, lock=True)
    may(actor, UPLOAD, Whose(account_id=file.owner_id))
    return file


def waiting_upload(ports: Ports, *, actor: Actor, file_id: FileId) -> File:
    """One's own file that is there and used for nothing yet. Raises Missing."""
    with ports.transactions(actor) as tx:
        file = own_upload(tx, actor, file_id)
        if file.stored_at is None or file.purpose is not None:
            raise Missing("file")
        return file


def use_file(tx: Transaction, file: File, purpose: FilePurpose, *, field: str, **link: Any) -> File:
    """It stays, and is used for nothing else. Raises InvalidField for `field` when it was not
    uploaded yet or is used already; `link` is what `File.use_for` takes."""
    try:
        used = file.use_for(purpose, **link)
    except (FileNotStored, FileInUse) as refusal:
        raise InvalidField(field, refusal.title) from refusal
    tx.files.save(used)
    tx.timers.replace(file.id, {Timer.DISCARD_UNUSED: None})
    return used
