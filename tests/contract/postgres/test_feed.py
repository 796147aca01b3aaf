"""The live table is read in commit order: nothing is missed, nothing comes twice."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, text

from autodoctor.entrypoints.realtime.feed import Cursor, Told, connect, end, missed, new
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
