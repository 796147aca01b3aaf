"""What may be said in a session: short messages before the clock runs, anything while it does.

The one place that decides it, for messages and files alike.
"""

from datetime import datetime
from enum import StrEnum

import attrs

from autodoctor.domain.sessions.room import ends_by_itself_at
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import SessionId


class Speech(StrEnum):
    CLOSED = "closed"
    CANNED = "canned"
    """Only the short messages of `domain.room.canned`."""
    FREE = "free"
    """One's own words, and files."""


@attrs.frozen
class ShortMessagesOnly(Conflict):
    """Until you are both in the room and the clock runs, only the short messages can be sent.

    `canned` are the codes of those that this person can send now.
    """

    session_id: SessionId
    canned: tuple[str, ...] = ()


@attrs.frozen
class ChatClosed(Conflict):
    """The conversation is not open."""

    session_id: SessionId
    status: SessionStatus


def speech(session: Session, *, at: datetime) -> Speech:
    """A consultation is paid for by the time both are there, so it is given in that time only:
    not before, not while it is paused, and not once its time is over, even if no job has ended
    it yet."""
    match session.status:
        case SessionStatus.LIVE:
            due = ends_by_itself_at(session)
            return Speech.FREE if due is None or at < due else Speech.CLOSED
        case SessionStatus.MATCHED | SessionStatus.SCHEDULED | SessionStatus.RECONNECTING:
            return Speech.CANNED
        case _:
            return Speech.CLOSED


def check_speech(
    session: Session, *, free: bool, canned: tuple[str, ...] = (), at: datetime
) -> None:
    """Whether a message may be sent now; a `free` one holds own words or files.

    Raises ChatClosed, then ShortMessagesOnly, which tells the codes in `canned`.
    """
    allowed = speech(session, at=at)
    if allowed is Speech.CLOSED:
        raise ChatClosed(session.id, session.status)
    if free and allowed is not Speech.FREE:
        raise ShortMessagesOnly(session.id, canned)
