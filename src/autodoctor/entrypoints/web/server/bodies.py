"""Waiting for request bodies: up to the endpoint's limit, at a minimum rate, within a budget.

Nothing of a body that is refused is kept; the application answers in its place, so that a refusal
looks like every other.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Final

import attrs
from granian.rsgi import HTTPProtocol, Scope

from autodoctor.entrypoints.client_address import network_of
from autodoctor.entrypoints.web.server.budget import Budget, BudgetSpent

MEMORY_BYTES_MAX: Final = 256 * 1024
"""A longer body waits on disk."""

LOOK_SECONDS: Final = 1.0
SILENCE_SECONDS_MAX: Final = 15.0
GRACE_SECONDS: Final = 15.0
BYTES_PER_SECOND_MIN: Final = 4 * 1024
"""A phone with a bad connection sends ten times as fast."""


@attrs.frozen(kw_only=True)
class Body:
    """`announced` is False for a request that has no body; `refused` says why it was not read."""

    content: IO[bytes] = attrs.field(factory=BytesIO)
    length: int = 0
    announced: bool = True
    refused: HTTPStatus | None = None


class _Refused(Exception):
    def __init__(self, status: HTTPStatus) -> None:
        self.status = status


class Bodies:
    """`limit_of` says how many bytes a method and a path take."""

    def __init__(self, limit_of: Callable[[str, str], int], *, trusted_proxies: int) -> None:
        self._limit_of = limit_of
        self._hops = trusted_proxies
        self._budget = Budget()

    @asynccontextmanager
    async def arrived(self, scope: Scope, protocol: HTTPProtocol) -> AsyncIterator[Body]:
        """The whole body, or a body that is refused."""
        announced = scope.headers.get("content-length")
        if announced is None and "transfer-encoding" not in scope.headers:
            yield Body(announced=False)
            return
        try:
            size = self._size(scope, announced)
            with self._budget.reserved(self._network(scope), size), _buffer(size) as content:
                await _receive(protocol, content, length=size)
                yield Body(content=content, length=size)
        except _Refused as refusal:
            yield Body(refused=refusal.status)
        except BudgetSpent:
            yield Body(refused=HTTPStatus.TOO_MANY_REQUESTS)

    def _network(self, scope: Scope) -> str:
        return network_of(
            scope.client.rpartition(":")[0].strip("[]"),
            forwarded=scope.headers.get("x-forwarded-for", ""),
            trusted_proxies=self._hops,
        )

    def _size(self, scope: Scope, announced: str | None) -> int:
        """A body has to say how long it is."""
        if announced is None:
            raise _Refused(HTTPStatus.LENGTH_REQUIRED)
        if int(announced) > self._limit_of(scope.method, scope.path):
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return int(announced)


def _buffer(size: int) -> IO[bytes]:
    return BytesIO() if size <= MEMORY_BYTES_MAX else TemporaryFile()


@attrs.define
class _Receiver:
    """One body on its way into `content`."""

    _protocol: HTTPProtocol
    _content: IO[bytes]
    length: int = 0

    async def run(self) -> None:
        async for part in self._protocol:
            self.length += len(part)
            self._content.write(part)


async def _receive(protocol: HTTPProtocol, content: IO[bytes], *, length: int) -> None:
    """All of it, with `content` at its beginning afterwards. Granian tells no broken connection
    from the end of a body: only its length does."""
    receiver = _Receiver(protocol, content)
    receiving = asyncio.ensure_future(receiver.run())
    try:
        await _watch(receiver, receiving)
    except _Refused:
        _abandon(receiving)
        raise
    if receiver.length < length:
        raise _Refused(HTTPStatus.BAD_REQUEST)
    content.seek(0)


async def _watch(receiver: _Receiver, receiving: asyncio.Future[None]) -> None:
    loop = asyncio.get_running_loop()
    began = heard = loop.time()
    length = 0
    while not (await asyncio.wait({receiving}, timeout=LOOK_SECONDS))[0]:
        now = loop.time()
        if receiver.length > length:
            heard, length = now, receiver.length
        slow = length < (now - began) * BYTES_PER_SECOND_MIN
        if now - heard > SILENCE_SECONDS_MAX or (now - began > GRACE_SECONDS and slow):
            raise _Refused(HTTPStatus.REQUEST_TIMEOUT)
    receiving.result()


def _abandon(waiting: asyncio.Future[None]) -> None:
    """Ends waiting for a client, and with it the connection. Granian's awaitables end when they
    are cancelled, but not with a CancelledError that a timeout around them would understand."""
    waiting.cancel()
    waiting.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
