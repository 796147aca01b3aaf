"""Chat: one message for one client id, read marks, typing."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.room import LISTEN, SPEAK
from autodoctor.application.access.whose import of_session, party
from autodoctor.application.operations.security import record_staff_read
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.room.canned import Canned, canned_for
from autodoctor.domain.room.message import Message, check_canned, check_text
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.speech import Speech, check_speech, speech
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId, MessageId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import person
from autodoctor.ports.transactions import Transaction

PAGE = 200


@attrs.frozen(kw_only=True)
class Conversation:
    """What was said after a position, how far each party has read, and what may be said now."""

    session: Session
    messages: tuple[Message, ...]
    read: dict[Party, int]
    speech: Speech
    server_time: datetime


def send_message(
    ports: Ports,
    *,
    actor: Actor,
    session_id: SessionId,
    client_id: UUID,
    text: str = "",
    file_ids: tuple[FileId, ...] = (),
    canned: Canned | None = None,
) -> Message:
    """Sending the same client id again is the same message, whatever the session is now. Own
    words and files are for a live session; who writes them is there, as an open stream says it.

    Refusals: InvalidField, Missing, ChatClosed, ShortMessagesOnly.
    """
    sender = party(actor)
    written = _written(canned, sender, text, file_ids)
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id, lock=True)
        may(actor, SPEAK, of_session(session))
        at = ports.now()
        sent = Message(
            id=MessageId(ports.ids.new()),
            session_id=session_id,
            author_id=actor.account_id,
            party=sender,
            client_id=client_id,
            text=written,
            file_ids=file_ids,
            sent_at=at,
            canned=canned,
        )
        known = tx.messages.sent(session_id, sent.author_id, client_id)
        return known or _send(tx, session, sent, at=at)


def _written(canned: Canned | None, sender: Party, text: str, file_ids: tuple[FileId, ...]) -> str:
    if canned is None:
        return check_text(text, files=len(file_ids))
    return check_canned(canned, side=sender.role, text=text, files=len(file_ids))


def _send(tx: Transaction, session: Session, sent: Message, *, at: datetime) -> Message:
    sender = Party(sent.party)
    check_speech(session, free=sent.free, canned=canned_for(sender.role), at=at)
    _check_files(tx, session.id, sent.file_ids)
    stored = tx.messages.add(sent)
    if stored.free:
        tx.presence.touch(session.id, sender, at=at)
    _tell_both(tx, session, "message", {"session_id": session.id, "message": stored})
    return stored


def _check_files(tx: Transaction, session_id: SessionId, file_ids: tuple[FileId, ...]) -> None:
    for file_id in file_ids:
        if tx.files.get(file_id).session_id != session_id:
            raise InvalidField("file_ids", "Add each file to this session first.")


def _tell_both(tx: Transaction, session: Session, kind: str, data: dict[str, object]) -> None:
    assert session.mechanic_id is not None, "a room has a mechanic"
    tx.live.tell(person(session.customer_id), kind, data)
    tx.live.tell(person(session.mechanic_id), kind, data)


def conversation(
    ports: Ports, *, actor: Actor, session_id: SessionId, after: int = 0
) -> Conversation:
    """For the parties, and for admins who look on, which is recorded."""
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id)
        may(actor, LISTEN, of_session(session))
        room = Subject("session", session_id)
        record_staff_read(ports, tx, SecurityKind.CHAT_READ, by=actor, about=room)
        at = ports.now()
        return Conversation(
            session=session,
            messages=tx.messages.since(session_id, after, most=PAGE),
            read=tx.messages.read_marks(session_id),
            speech=speech(session, at=at),
            server_time=at,
        )


def mark_read(ports: Ports, *, actor: Actor, session_id: SessionId, position: int) -> None:
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id)
        may(actor, SPEAK, of_session(session))
        reader = party(actor)
        if tx.messages.mark_read(session_id, reader, position):
            data = {"session_id": session_id, "party": reader, "position": position}
            _tell_both(tx, session, "read", data)


def typing(ports: Ports, *, actor: Actor, session_id: SessionId) -> None:
    """Told to the other one at once and kept nowhere. Before own words can be sent, and while
    the session is paused, nothing is told."""
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id)
        may(actor, SPEAK, of_session(session))
    writes = party(actor)
    other = session.mechanic_id if writes is Party.CUSTOMER else session.customer_id
    free = speech(session, at=ports.now()) is Speech.FREE
    if other is not None and free:
        ports.whispers.whisper(person(other), "typing", {"session_id": str(session_id)})
