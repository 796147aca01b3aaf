"""The live table is read in commit order: nothing is missed, nothing comes twice."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, text

from autodoctor.entrypoints.realtime.feed import (
    REPLAYS_AT_ONCE,
    Cursor,
    Told,
    connect,
    end,
    missed,
    new,
    replay_pool,
)
from support.postgres import Database

Line = psycopg.AsyncConnection[dict[str, Any]]


@pytest.fixture
def follow(database: Database) -> Callable[[Callable[[Line], Awaitable[Any]]], Any]:
    """Runs something over a connection as the feed has it."""
    url = database.app.url.set(drivername="postgresql").render_as_string(hide_password=False)

    def followed(look: Callable[[Line], Awaitable[Any]]) -> Any:
        async def run() -> Any:
            async with await connect(url) as line:
                return await look(line)

        return asyncio.run(run())

    return followed


def tell(connection: Connection, *kinds: str, audience: str = "all") -> None:
    for kind in kinds:
        connection.execute(
            text(
                "INSERT INTO live (audience, kind, data, at) VALUES (:audience, :kind, '{}', now())"
            ),
            {"audience": audience, "kind": kind},
        )


def kinds(rows: list[Told]) -> list[str]:
    return [row.kind for row in rows]


def test_nothing_new_is_an_answer_too(follow: Callable[..., Any]) -> None:
    async def look(line: Line) -> tuple[list[Told], bool]:
        return await new(line, await end(line))

    assert follow(look) == ([], False)


def test_what_is_committed_comes_in_order_and_once(
    database: Database, follow: Callable[..., Any]
) -> None:
    start: Cursor = follow(end)
    for kind in ("first", "second"):
        with database.app.begin() as connection:
            tell(connection, kind, f"{kind} too")

    rows, behind = follow(lambda line: new(line, start))

    assert kinds(rows) == ["first", "first too", "second", "second too"]
    assert not behind
    assert follow(lambda line: new(line, rows[1].cursor)) == (rows[2:], False)
    assert follow(lambda line: new(line, rows[3].cursor)) == ([], False)


def test_one_that_was_numbered_early_and_commits_late_is_waited_for(
    database: Database, follow: Callable[..., Any]
) -> None:
    """Reading by position alone would have passed it by."""
    start: Cursor = follow(end)
    with database.app.begin() as slow:
        tell(slow, "early and late")
        with database.app.begin() as quick:
            tell(quick, "late and early")

        assert follow(lambda line: new(line, start)) == ([], True)

    rows, behind = follow(lambda line: new(line, start))
    assert kinds(rows) == ["early and late", "late and early"]
    assert not behind


def test_what_somebody_missed_is_theirs_alone(
    database: Database, follow: Callable[..., Any]
) -> None:
    start: Cursor = follow(end)
    with database.app.begin() as connection:
        tell(connection, "mine", audience="me")
        tell(connection, "not mine", audience="them")
        tell(connection, "ours", "another", audience="us")

    rows = follow(lambda line: missed(line, start, audiences=("me", "us"), most=2))

    assert kinds(rows) == ["mine", "ours"]


async def _most_connections(database: Database, ask: Callable[[], Awaitable[Any]]) -> int:
    """The most that were open at once while 40 pages asked for what they missed."""
    asking = [asyncio.ensure_future(ask()) for _ in range(40)]
    most = 0
    while not all(each.done() for each in asking):
        most = max(most, await asyncio.to_thread(_connections, database))
    await asyncio.gather(*asking)
    return most


def _connections(database: Database) -> int:
    with database.owner.connect() as connection:
        statement = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'replaying'"
        return int(connection.execute(text(statement)).scalar_one())


def replaying(database: Database) -> str:
    url = database.app.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return f"{url}{'&' if '?' in url else '?'}application_name=replaying"


async def _slowly_missed(line: Line) -> None:
    await line.execute("SELECT pg_sleep(0.02)")
    await missed(line, (0, 0), audiences=("all",), most=10)


def test_pages_that_come_back_at_once_share_a_few_connections(database: Database) -> None:
    async def run() -> int:
        async with replay_pool(replaying(database)) as pool:

            async def ask() -> None:
                async with pool.connection() as line:
                    await _slowly_missed(line)

            return await _most_connections(database, ask)

    assert 1 <= asyncio.run(run()) <= REPLAYS_AT_ONCE


def test_a_connection_for_each_shows_what_that_guards_from(database: Database) -> None:
    async def ask() -> None:
        async with await connect(replaying(database)) as line:
            await _slowly_missed(line)

    assert asyncio.run(_most_connections(database, ask)) > REPLAYS_AT_ONCE
