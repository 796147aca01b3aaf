"""Chat: one message for one client id, read marks, typing."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.room import LISTEN, SPEAK
from autodoctor.application.access.whose import of_session, party
from autodoctor.application.operations.security import record_staff_read
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.room.message import Message, check_text
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import FileId, MessageId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import person
from autodoctor.ports.transactions import Transaction

OPEN_FOR_CHAT = (
    SessionStatus.MATCHED,
    SessionStatus.SCHEDULED,
    SessionStatus.LIVE,
    SessionStatus.RECONNECTING,
)
PAGE = 200


@attrs.frozen
class ChatClosed(Conflict):
    """The conversation is not open."""

    session_id: SessionId
    status: SessionStatus


@attrs.frozen(kw_only=True)
class Conversation:
    """What was said after a position, and how far each party has read."""

    session: Session
    messages: tuple[Message, ...]
    read: dict[Party, int]
    server_time: datetime


def send_message(
    ports: Ports,
    *,
    actor: Actor,
    session_id: SessionId,
    client_id: UUID,
    text: str,
    file_ids: tuple[FileId, ...] = (),
) -> Message:
    """Sending the same client id again is the same message.

    Refusals: Missing, InvalidField, ChatClosed.
    """
    written = check_text(text, files=len(file_ids))
    at = ports.now()
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id)
        may(actor, SPEAK, of_session(session))
        if session.status not in OPEN_FOR_CHAT:
            raise ChatClosed(session_id, session.status)
        _check_files(tx, session_id, file_ids)
        sent = Message(
            id=MessageId(ports.ids.new()),
            session_id=session_id,
            author_id=actor.account_id,
            party=party(actor),
            client_id=client_id,
            text=written,
            file_ids=file_ids,
            sent_at=at,
        )
        stored = tx.messages.add(sent)
        if stored.id == sent.id:
            _tell_both(tx, session, "message", {"session_id": session_id, "message": stored})
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
        return Conversation(
            session=session,
            messages=tx.messages.since(session_id, after, most=PAGE),
            read=tx.messages.read_marks(session_id),
            server_time=ports.now(),
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
    """Told to the other one at once and kept nowhere."""
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id)
        may(actor, SPEAK, of_session(session))
    writes = party(actor)
    other = session.mechanic_id if writes is Party.CUSTOMER else session.customer_id
    if other is not None and session.status in OPEN_FOR_CHAT:
        ports.whispers.whisper(person(other), "typing", {"session_id": str(session_id)})
