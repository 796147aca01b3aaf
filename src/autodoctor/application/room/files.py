"""Files: announced, uploaded through a signed link, inspected, attached, fetched."""

from typing import BinaryIO

import attrs

from autodoctor.application.access.may import Whose, may
from autodoctor.application.access.room import ATTACH, FILES, UPLOAD
from autodoctor.application.access.whose import of_session, party
from autodoctor.application.operations.security import record_staff_read
from autodoctor.application.room.discarding import UNUSED_FOR
from autodoctor.application.room.files_allowed import allowance_in
from autodoctor.application.room.using import own_upload, use_file
from autodoctor.application.sessions.keeping import Timer
from autodoctor.domain.booking.files import (
    EXTENSIONS,
    SIZE_MAX_BYTES,
    FileKind,
    check_size,
    kind_of,
)
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.room.canned import canned_for
from autodoctor.domain.room.file import DEVICES, File, FilePurpose
from autodoctor.domain.sessions.speech import check_speech
from autodoctor.domain.sessions.states import ENDED
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import FileId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import person
from autodoctor.ports.stores import Missing


@attrs.frozen
class FilesClosed(Conflict):
    """This session has ended and takes no more files."""

    session_id: SessionId


def announce(
    ports: Ports, *, actor: Actor, name: str, media_type: str, size_bytes: int, description: str
) -> File:
    """A file about to be uploaded. Refusals: InvalidField for a kind or size not accepted,
    UploadQuotaReached."""
    may(actor, UPLOAD)
    kind = kind_of(media_type)
    check_size(kind, size_bytes)
    file_id = FileId(ports.ids.new())
    file = File(
        id=file_id,
        owner_id=actor.account_id,
        name=check_file_name(name),
        media_type=media_type,
        kind=kind,
        size_bytes=size_bytes,
        storage_key=f"uploads/{file_id}.{EXTENSIONS[media_type]}",
        description=description.strip()[:500],
        created_at=ports.now(),
    )
    with ports.transactions(actor) as tx:
        day = file.created_at.date()
        tx.files.count_upload(file.owner_id, day=day, size_bytes=size_bytes).check()
        tx.files.add(file)
        tx.timers.set(Timer.DISCARD_UNUSED, file_id, due_at=file.created_at + UNUSED_FOR)
    return file


def check_file_name(name: str) -> str:
    """For people to recognise it by; it is never a path and never decides anything. Where it is
    saved it is neither hidden nor a device."""
    last = name.replace("\\", "/").split("/")[-1]
    shown = "".join(each for each in last if each.isprintable()).strip().lstrip(". ")
    if not shown:
        raise InvalidField("name", "The file needs a name.")
    device = shown.split(".")[0].strip().lower() in DEVICES
    return f"_{shown}"[:120] if device else shown[:120]


def upload(ports: Ports, *, actor: Actor, file_id: FileId, content: BinaryIO) -> File:
    """What came is inspected and kept, or refused and kept nowhere. It may not be larger than
    what was announced, which is what the quota counts.

    Raises Missing, FileTooLarge, FileNotAcceptable.
    """
    with ports.transactions(actor) as tx:
        file = tx.files.get(file_id)
    may(actor, UPLOAD, Whose(account_id=file.owner_id))
    if file.stored_at is not None:
        return file
    most = min(SIZE_MAX_BYTES[FileKind(file.kind)], file.size_bytes)
    accepted = ports.inspector.accept(content, announced=file.media_type, size_bytes_max=most)
    with accepted.content as kept:
        chunks = iter(lambda: kept.read(65_536), b"")
        size = ports.storage.write(file.storage_key, chunks, media_type=accepted.media_type)
    stored = file.store(media_type=accepted.media_type, size_bytes=size, at=ports.now())
    with ports.transactions(actor) as tx:
        tx.files.save(stored)
    return stored


def attach(
    ports: Ports, *, actor: Actor, session_id: SessionId, file_id: FileId, description: str = ""
) -> File:
    """An uploaded file becomes part of the session; both are told. Again changes nothing.

    Refusals: Missing, InvalidField, FilesClosed once the session has ended, ChatClosed,
    ShortMessagesOnly while the clock does not run, TooManyFiles.
    """
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id, lock=True)
        may(actor, ATTACH, of_session(session))
        file = own_upload(tx, actor, file_id)
        if file.session_id == session_id:
            return file
        if session.status in ENDED:
            raise FilesClosed(session_id)
        check_speech(session, free=True, canned=canned_for(party(actor).role), at=ports.now())
        allowance_in(tx, session, file.owner_id).check_one_more()
        described = attrs.evolve(file, description=description.strip()[:500] or file.description)
        attached = use_file(
            tx, described, FilePurpose.SESSION, field="file_id", session_id=session_id
        )
        data = {"session_id": session_id, "file_id": file_id}
        tx.live.tell(person(session.customer_id), "file", data)
        if session.mechanic_id is not None:
            tx.live.tell(person(session.mechanic_id), "file", data)
        return attached


def files_of(ports: Ports, *, actor: Actor, session_id: SessionId) -> tuple[File, ...]:
    """Those of the booking, then those of the session."""
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id)
        may(actor, FILES, of_session(session))
        of = Subject("session", session_id)
        record_staff_read(ports, tx, SecurityKind.SESSION_READ, by=actor, about=of)
        return tx.files.of_intake(session.intake_id) + tx.files.of_session(session_id)


def visible_file(ports: Ports, *, actor: Actor, file_id: FileId) -> File:
    """A stored file that this actor may fetch: row-level security decides."""
    with ports.transactions(actor) as tx:
        file = tx.files.get(file_id)
    if file.stored_at is None:
        raise Missing("file")
    return file
