"""Which streams are closed when a login has ended, and which are not."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, cast
from uuid import uuid4

import attrs

from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.realtime.app import pass_on
from autodoctor.entrypoints.realtime.hub import Hub, Listener
from autodoctor.entrypoints.realtime.presence import LOGGED_OUT, Connection, close_ended
from autodoctor.testing.ports import memory_ports


@attrs.frozen
class Logins:
    """A connection that finds these logins good, and something happens while it looks."""

    good: frozenset[bytes]
    meanwhile: Callable[[], None] = lambda: None

    async def execute(self, _statement: str, values: dict[str, Any]) -> "Logins":
        found = self.good.intersection(values["hashes"])
        self.meanwhile()
        return Logins(found)

    async def fetchall(self) -> Sequence[dict[str, Any]]:
        return [{"token_hash": each} for each in self.good]


def listener(hub: Hub, token_hash: bytes) -> Listener:
    made = Listener(AccountId(uuid4()), (), token_hash)
    hub.add(made)
    return made


def closed(made: Listener) -> bool:
    return not made.frames.empty() and made.frames.get_nowait() == (None, LOGGED_OUT)


def look(hub: Hub, logins: Logins) -> None:
    asyncio.run(close_ended(cast(Connection, logins), memory_ports(), hub))


def test_streams_of_logins_that_have_ended_are_closed() -> None:
    hub = Hub()
    good, ended = listener(hub, b"good"), listener(hub, b"ended")

    look(hub, Logins(frozenset({b"good"})))

    assert closed(ended)
    assert not closed(good)


def test_a_stream_that_opens_while_the_database_is_asked_stays_open() -> None:
    hub, opened = Hub(), list[Listener]()
    listener(hub, b"good")
    logins = Logins(
        frozenset({b"good", b"new"}), meanwhile=lambda: opened.append(listener(hub, b"new"))
    )

    look(hub, logins)

    assert not closed(opened[0]), "nobody has asked about it"


def test_a_whisper_that_cannot_be_read_is_left_out() -> None:
    hub = Hub()
    made = Listener(AccountId(uuid4()), ("account:1",), b"good")
    hub.add(made)

    for message in (
        b"{",
        b'{"audience": 1}',
        b'{"audience":"account:1","kind":"typing","data":{}}',
    ):
        pass_on(hub, message)

    assert made.frames.qsize() == 1
