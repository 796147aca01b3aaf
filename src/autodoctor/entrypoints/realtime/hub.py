"""Who listens to what, in this process."""

import asyncio
from collections import Counter, defaultdict
from typing import Final

import attrs

from autodoctor.application.accounts.sign_in import LOGINS
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.shared.ids import AccountId, SessionId
from autodoctor.entrypoints.realtime.feed import Cursor, Told, frame

WAITING_MAX: Final = 1000
"""A stream that falls so far behind is closed; its client resumes where it stopped."""


@attrs.define(eq=False)
class Listener:
    """One open stream. `room` is set for a party who is in a session's room, `page` tells which
    page it is of, `network` where it comes from."""

    account_id: AccountId
    audiences: tuple[str, ...]
    token_hash: bytes
    room: tuple[SessionId, Party] | None = None
    page: str = ""
    network: str = ""
    frames: "asyncio.Queue[tuple[Cursor | None, bytes] | None]" = attrs.field(
        factory=lambda: asyncio.Queue(WAITING_MAX)
    )

    def put(self, cursor: Cursor | None, content: bytes) -> None:
        try:
            self.frames.put_nowait((cursor, content))
        except asyncio.QueueFull:
            self.close()

    def close(self, farewell: bytes = b"") -> None:
        """The stream ends after what it has sent so far, and `farewell`."""
        while not self.frames.empty():
            self.frames.get_nowait()
        if farewell:
            self.frames.put_nowait((None, farewell))
        self.frames.put_nowait(None)


class Hub:
    def __init__(self) -> None:
        self._by_audience: defaultdict[str, set[Listener]] = defaultdict(set)
        self._by_login: defaultdict[bytes, list[Listener]] = defaultdict(list)
        self.listeners: set[Listener] = set()
        self.by_network: Counter[str] = Counter()
        self._logins_ended = asyncio.Event()
        self._closed = False

    def close(self) -> None:
        """Every stream ends, and each that still opens."""
        self._closed = True
        for listener in tuple(self.listeners):
            listener.close()

    def add(self, listener: Listener) -> None:
        if self._closed:
            listener.close()
        self.listeners.add(listener)
        self._by_login[listener.token_hash].append(listener)
        self.by_network[listener.network] += 1
        for audience in listener.audiences:
            self._by_audience[audience].add(listener)

    def remove(self, listener: Listener) -> None:
        """Idempotent."""
        if listener not in self.listeners:
            return
        self.listeners.remove(listener)
        self._leave_counts(listener)
        for audience in listener.audiences:
            self._by_audience[audience].discard(listener)
            if not self._by_audience[audience]:
                del self._by_audience[audience]

    def _leave_counts(self, listener: Listener) -> None:
        same_login = self._by_login[listener.token_hash]
        same_login.remove(listener)
        if not same_login:
            del self._by_login[listener.token_hash]
        self.by_network[listener.network] -= 1
        if not self.by_network[listener.network]:
            del self.by_network[listener.network]

    def of_login(self, token_hash: bytes) -> list[Listener]:
        """Oldest first."""
        return list(self._by_login.get(token_hash, ()))

    async def tell(self, told: Told) -> None:
        """What is told of logins is for us, not for pages."""
        if told.kind == LOGINS:
            self._logins_ended.set()
            return
        for listener in tuple(self._by_audience.get(told.audience, ())):
            listener.put(told.cursor, told.frame)

    async def hint(self, seconds: float) -> None:
        """Waits until logins have ended somewhere, but no longer than that."""
        try:
            await asyncio.wait_for(self._logins_ended.wait(), seconds)
        except TimeoutError:
            return
        self._logins_ended.clear()

    def whisper(self, audience: str, kind: str, data: object) -> None:
        content = frame(kind, data)
        for listener in tuple(self._by_audience.get(audience, ())):
            listener.put(None, content)
