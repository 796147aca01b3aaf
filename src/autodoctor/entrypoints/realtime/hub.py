"""Who listens to what, in this process."""

import asyncio
from collections import defaultdict
from typing import Final

import attrs

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.shared.ids import AccountId, SessionId
from autodoctor.entrypoints.realtime.feed import Cursor, Told, frame

WAITING_MAX: Final = 1000
"""A stream that falls so far behind is closed; its client resumes where it stopped."""


@attrs.define(eq=False)
class Listener:
    """One open stream. `room` is set for a party who is in a session's room."""

    account_id: AccountId
    audiences: tuple[str, ...]
    token_hash: bytes
    room: tuple[SessionId, Party] | None = None
    frames: "asyncio.Queue[tuple[Cursor | None, bytes] | None]" = attrs.field(
        factory=lambda: asyncio.Queue(WAITING_MAX)
    )

    def put(self, cursor: Cursor | None, content: bytes) -> None:
        try:
            self.frames.put_nowait((cursor, content))
        except asyncio.QueueFull:
            self.close()

    def close(self) -> None:
        """The stream ends after what it has sent so far."""
        while not self.frames.empty():
            self.frames.get_nowait()
        self.frames.put_nowait(None)


class Hub:
    def __init__(self) -> None:
        self._by_audience: defaultdict[str, set[Listener]] = defaultdict(set)
        self.listeners: set[Listener] = set()

    def add(self, listener: Listener) -> None:
        self.listeners.add(listener)
        for audience in listener.audiences:
            self._by_audience[audience].add(listener)

    def remove(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        for audience in listener.audiences:
            self._by_audience[audience].discard(listener)
            if not self._by_audience[audience]:
                del self._by_audience[audience]

    async def tell(self, told: Told) -> None:
        for listener in tuple(self._by_audience.get(told.audience, ())):
            listener.put(told.cursor, told.frame)

    def whisper(self, audience: str, kind: str, data: object) -> None:
        content = frame(kind, data)
        for listener in tuple(self._by_audience.get(audience, ())):
            listener.put(None, content)
