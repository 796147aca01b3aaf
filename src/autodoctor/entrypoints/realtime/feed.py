"""Reads the live table in commit order and hands each row to whoever listens.

A row is read once its transaction, and every older one, has ended. Reading by position alone
would miss a row that was numbered early and committed late.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import Any, Final

import attrs
import msgspec
import psycopg
import structlog
from psycopg.rows import dict_row

log = structlog.get_logger(__name__)

Cursor = tuple[int, int]
"""A row's transaction and position: what `Last-Event-ID` carries."""

START: Final[Cursor] = (0, 0)
BATCH: Final = 500
LOOK_AGAIN_SECONDS: Final = 1.0
BEHIND_SECONDS: Final = 0.01

_READ: Final = """
SELECT transaction::text AS transaction, position, audience, kind, data
FROM live
WHERE (transaction, position) > (%(transaction)s::text::xid8, %(position)s)
  AND transaction < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY transaction, position LIMIT %(most)s
"""
_MINE: Final = """
SELECT transaction::text AS transaction, position, audience, kind, data
FROM live
WHERE (transaction, position) > (%(transaction)s::text::xid8, %(position)s)
  AND transaction < pg_snapshot_xmin(pg_current_snapshot())
  AND audience = ANY(%(audiences)s)
ORDER BY transaction, position LIMIT %(most)s
"""
_END: Final = """
SELECT (pg_snapshot_xmin(pg_current_snapshot()))::text AS transaction,
       EXISTS (SELECT 1 FROM live
               WHERE transaction >= pg_snapshot_xmin(pg_current_snapshot())) AS behind
"""


@attrs.frozen(slots=False)
class Told:
    """One thing to tell, ready to be written to a stream."""

    cursor: Cursor
    audience: str
    kind: str
    data: Any

    @property
    def id(self) -> str:
        return f"{self.cursor[0]}-{self.cursor[1]}"

    @cached_property
    def frame(self) -> bytes:
        """As it goes over the wire: encoded once, however many listen."""
        return frame(self.kind, self.data, id=self.id)


def frame(kind: str, data: Any, *, id: str = "") -> bytes:
    """An event of a stream (WHATWG HTML, 9.2.6); JSON has no line breaks of its own."""
    head = f"id: {id}\n" if id else ""
    return f"{head}event: {kind}\ndata: ".encode() + msgspec.json.encode(data) + b"\n\n"


def cursor_of(text: str) -> Cursor | None:
    """What a client sends back as Last-Event-ID; None for anything else."""
    transaction, _, position = text.partition("-")
    if not (transaction.isdecimal() and position.isdecimal()) or len(text) > 60:
        return None
    return int(transaction), int(position)


def told_of(row: dict[str, Any]) -> Told:
    cursor = (int(row["transaction"]), row["position"])
    return Told(cursor, row["audience"], row["kind"], row["data"])


class Feed:
    """Follows the table over one connection of its own, again and again after an outage."""

    def __init__(self, url: str, tell: Callable[[Told], Awaitable[None]]) -> None:
        self._url = url
        self._tell = tell
        self._wake = asyncio.Event()
        self.cursor: Cursor = START
        self.healthy = False

    def wake(self) -> None:
        self._wake.set()

    async def follow(self) -> None:
        while True:
            try:
                async with await connect(self._url) as connection:
                    await self._follow(connection)
            except psycopg.OperationalError as error:
                self.healthy = False
                log.warning("feed.interrupted", why=str(error).strip())
                await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _follow(self, connection: psycopg.AsyncConnection[dict[str, Any]]) -> None:
        if self.cursor == START:
            self.cursor = (await end(connection))[0]
        self.healthy = True
        look = True
        while True:
            self._wake.clear()
            rows = await read(connection, self.cursor)
            for row in rows:
                self.cursor = row.cursor
                await self._tell(row)
            if len(rows) < BATCH:
                # Woken and nothing there: it is committed, and an older transaction is not.
                behind = (await end(connection))[1] if rows or look else False
                look = await self._woken(BEHIND_SECONDS if behind else LOOK_AGAIN_SECONDS)
                look = look or behind

    async def _woken(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return False
        return True


async def connect(url: str) -> psycopg.AsyncConnection[dict[str, Any]]:
    return await psycopg.AsyncConnection.connect(
        url, autocommit=True, connect_timeout=5, row_factory=dict_row
    )


async def read(
    connection: psycopg.AsyncConnection[dict[str, Any]],
    after: Cursor,
    *,
    audiences: tuple[str, ...] | None = None,
    most: int = BATCH,
) -> list[Told]:
    values = {"transaction": str(after[0]), "position": after[1], "most": most}
    if audiences is None:
        found = await connection.execute(_READ, values)
    else:
        found = await connection.execute(_MINE, values | {"audiences": list(audiences)})
    return [told_of(row) for row in await found.fetchall()]


async def end(
    connection: psycopg.AsyncConnection[dict[str, Any]],
) -> tuple[Cursor, bool]:
    """Where new rows begin, and whether some are there that cannot be read yet."""
    row = await (await connection.execute(_END)).fetchone()
    assert row is not None, "a row without a table is always there"
    return (int(row["transaction"]) - 1, 2**62), row["behind"]
