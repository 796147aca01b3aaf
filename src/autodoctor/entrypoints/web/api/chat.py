"""Chat: messages, read marks, typing."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import attrs
from msgspec import Meta

from autodoctor.application.access.room import LISTEN, SPEAK
from autodoctor.application.room.chat import (
    conversation,
    mark_read,
    send_message,
    typing,
)
from autodoctor.domain.room.canned import Canned, canned_for
from autodoctor.domain.sessions.speech import ChatClosed, ShortMessagesOnly, Speech
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId, SessionId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import MessageAnswer, SessionAnswer
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

chat = Endpoints("Chat")

Position = Annotated[int, Meta(ge=0, le=2**62)]


class MessageBody(Body):
    """`client_id` is made by the sender: sending it again is the same message. Until both are in
    the room, and while the session is paused, only `canned` can be sent: the code of a short
    message, without text or files. `session-info` says which there are."""

    session_id: UUID
    client_id: UUID
    text: str = ""
    file_ids: tuple[UUID, ...] = ()
    canned: Canned | None = None


@chat.route(
    "POST",
    "/api/chat/send-message",
    action=SPEAK,
    body=MessageBody,
    answer=MessageAnswer,
    status=201,
    refusals=(Missing, InvalidField, ChatClosed, ShortMessagesOnly),
)
def send(call: Call, *, body: MessageBody) -> MessageAnswer:
    """Say something in a session."""
    message = send_message(
        call.ports,
        actor=call.who,
        session_id=SessionId(body.session_id),
        client_id=body.client_id,
        text=body.text,
        file_ids=tuple(map(FileId, body.file_ids)),
        canned=body.canned,
    )
    return MessageAnswer.of(message)


class ConversationQuery(Body):
    session_id: UUID
    after: Position = 0


@attrs.frozen
class CannedAnswer:
    code: Canned
    text: str


@attrs.frozen(kw_only=True)
class ConversationAnswer:
    """Up to 200 messages after a position; ask again from the last one for more. `speech` is
    what may be sent now: anything (free), the short messages in `canned`, or nothing (closed)."""

    session: SessionAnswer
    messages: tuple[MessageAnswer, ...]
    read: dict[str, int]
    speech: Speech
    canned: tuple[CannedAnswer, ...]
    server_time: datetime


@chat.route(
    "GET",
    "/api/chat/session-info",
    action=LISTEN,
    query=ConversationQuery,
    answer=ConversationAnswer,
    refusals=(Missing,),
)
def session_info(call: Call, *, query: ConversationQuery) -> ConversationAnswer:
    """The conversation so far, or what was said after a position."""
    found = conversation(
        call.ports, actor=call.who, session_id=SessionId(query.session_id), after=query.after
    )
    return ConversationAnswer(
        session=SessionAnswer.of(found.session, at=found.server_time),
        messages=tuple(map(MessageAnswer.of, found.messages)),
        read={party.value: position for party, position in found.read.items()},
        speech=found.speech,
        canned=tuple(CannedAnswer(each, each.text) for each in canned_for(call.who.role)),
        server_time=found.server_time,
    )


class ReadBody(Body):
    session_id: UUID
    position: Position


@chat.route(
    "POST",
    "/api/chat/read",
    action=SPEAK,
    body=ReadBody,
    refusals=(Missing,),
)
def read(call: Call, *, body: ReadBody) -> None:
    """Say how far one has read."""
    session_id = SessionId(body.session_id)
    mark_read(call.ports, actor=call.who, session_id=session_id, position=body.position)


class TypingBody(Body):
    session_id: UUID


@chat.route("POST", "/api/chat/typing", action=SPEAK, body=TypingBody, refusals=(Missing,))
def is_typing(call: Call, *, body: TypingBody) -> None:
    """Tell the other one that one is typing; kept nowhere."""
    typing(call.ports, actor=call.who, session_id=SessionId(body.session_id))
