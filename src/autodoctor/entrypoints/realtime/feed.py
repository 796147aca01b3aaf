"""Reads the live table in commit order and hands each row to whoever listens.

A row is read once its transaction, and every older one, has ended. Reading by position alone
would miss a row that was numbered early and committed late.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cached_property
from typing import Any, Final

import attrs
import msgspec
import psycopg
import structlog
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

log = structlog.get_logger(__name__)

Cursor = tuple[int, int]
"""A row's transaction and position: what `Last-Event-ID` carries."""

START: Final[Cursor] = (0, 0)
BATCH: Final = 500
REPLAYS_AT_ONCE: Final = 4
REPLAY_WAIT_SECONDS: Final = 20.0
LOOK_AGAIN_SECONDS: Final = 1.0
BEHIND_SECONDS: Final = 0.01

_SINCE: Final = """
SELECT transaction, position, audience, kind, data
FROM live
WHERE (transaction, position) > (%(transaction)s::text::xid8, %(position)s)
  AND transaction < pg_snapshot_xmin(pg_current_snapshot())
"""
_BEHIND: Final = """
SELECT EXISTS (SELECT FROM live WHERE transaction >= pg_snapshot_xmin(pg_current_snapshot()))
"""
_NEW: Final = f"""
SELECT new.transaction::text AS transaction, position, audience, kind, data, behind
FROM ({_BEHIND}) AS there (behind)
LEFT JOIN ({_SINCE} ORDER BY transaction, position LIMIT %(most)s) AS new ON true
ORDER BY new.transaction, position
"""  # noqa: S608 - of the constants above
_MISSED: Final = f"""
SELECT missed.transaction::text AS transaction, position, audience, kind, data
FROM ({_SINCE} AND audience = ANY(%(audiences)s)) AS missed
ORDER BY missed.transaction, position LIMIT %(most)s
"""  # noqa: S608 - of the constants above
_END: Final = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS transaction"


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
            except Exception:
                self.healthy = False
                log.exception("feed.broken")
                await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _follow(self, connection: psycopg.AsyncConnection[dict[str, Any]]) -> None:
        if self.cursor == START:
            self.cursor = await end(connection)
        self.healthy = True
        while True:
            self._wake.clear()
            rows, behind = await new(connection, self.cursor)
            for row in rows:
                self.cursor = row.cursor
                await self._tell(row)
            if len(rows) < BATCH:
                await self._woken(BEHIND_SECONDS if behind else LOOK_AGAIN_SECONDS)

    async def _woken(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)


async def connect(url: str) -> psycopg.AsyncConnection[dict[str, Any]]:
    return await psycopg.AsyncConnection.connect(
        url, autocommit=True, connect_timeout=5, row_factory=dict_row
    )


def replay_pool(url: str) -> "AsyncConnectionPool[psycopg.AsyncConnection[dict[str, Any]]]":
    """A few connections for all that was missed: thousands of pages that come back at once wait
    for their turn instead of taking every connection that PostgreSQL has."""
    return AsyncConnectionPool(
        url,
        min_size=0,
        max_size=REPLAYS_AT_ONCE,
        timeout=REPLAY_WAIT_SECONDS,
        open=False,
        kwargs={"autocommit": True, "connect_timeout": 5, "row_factory": dict_row},
        check=AsyncConnectionPool.check_connection,
    )


async def new(
    connection: psycopg.AsyncConnection[dict[str, Any]], after: Cursor
) -> tuple[list[Told], bool]:
    """What can be read after a row, and whether more is committed that cannot be read yet: an
    older transaction still runs."""
    found = await connection.execute(_NEW, _values(after, BATCH))
    rows = await found.fetchall()
    return [told_of(row) for row in rows if row["transaction"]], rows[0]["behind"]


async def missed(
    connection: psycopg.AsyncConnection[dict[str, Any]],
    after: Cursor,
    *,
    audiences: tuple[str, ...],
    most: int,
) -> list[Told]:
    """What was told to these since, oldest first."""
    values = _values(after, most) | {"audiences": list(audiences)}
    found = await connection.execute(_MISSED, values)
    return [told_of(row) for row in await found.fetchall()]


def _values(after: Cursor, most: int) -> dict[str, Any]:
    return {"transaction": str(after[0]), "position": after[1], "most": most}


async def end(connection: psycopg.AsyncConnection[dict[str, Any]]) -> Cursor:
    """Where new rows begin."""
    row = await (await connection.execute(_END)).fetchone()
    assert row is not None, "a row without a table is always there"
    return int(row["transaction"]) - 1, 2**62
