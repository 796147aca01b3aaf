"""A transaction that is left open is ended: it holds up everybody's live messages."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import Engine, text

from autodoctor.adapters.postgres.engine import engine, unlimited
from autodoctor.adapters.postgres.transactions import DatabaseUnavailable, PostgresTransactions
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.entrypoints.realtime.feed import connect, end, new
from support.postgres import Database
from support.waiting import eventually, until

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
LIMIT_MILLISECONDS = 400


@contextmanager
def limited(database: Database, milliseconds: int | None) -> Iterator[Engine]:
    url = database.app.url.render_as_string(hide_password=False)
    made = engine(url, connections=2, transaction_milliseconds=milliseconds)
    try:
        yield made
    finally:
        made.dispose()


@contextmanager
def standing_open(short: Engine) -> Iterator[int]:
    """A transaction that has written something, and then does nothing more: its process."""
    held = short.connect()
    try:
        held.execute(text("INSERT INTO beats (process) VALUES (gen_random_uuid()::text)"))
        yield held.execute(text("SELECT pg_backend_pid()")).scalar_one()
    finally:
        held.invalidate()
        held.close()


def wait_until_ended(database: Database, process: int) -> None:
    """By the server, because its transaction stood open too long."""
    there = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")

    def ended() -> bool:
        with database.owner.connect() as connection:
            return connection.execute(there, {"pid": process}).scalar_one() == 0

    until("the transaction to be ended", ended)


def wait_until_another_is_ended(database: Database) -> None:
    """One that has the limit and began now."""
    with limited(database, LIMIT_MILLISECONDS) as short, standing_open(short) as process:
        wait_until_ended(database, process)


async def _told(
    database: Database, holder: Engine, wait: Callable[[int], None], *, arrives: bool
) -> bool:
    """What is told while another transaction has written and stands open: whether it is there
    after that wait, or arrives soon after it."""
    url = database.app.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await connect(url) as line:
        begun = await end(line)

        async def rows() -> bool:
            return bool((await new(line, begun))[0])

        with standing_open(holder) as process:
            with database.transactions(SYSTEM) as tx:
                tx.live.tell("account:1", "session", {})
            await asyncio.to_thread(wait, process)
            return await eventually("what was told", rows) if arrives else await rows()


def test_what_others_are_told_arrives_when_the_limit_is_over(database: Database) -> None:
    with limited(database, LIMIT_MILLISECONDS) as holder:
        wait = partial(wait_until_ended, database)

        assert asyncio.run(_told(database, holder, wait, arrives=True))


def test_without_a_limit_it_does_not_arrive(database: Database) -> None:
    with limited(database, None) as holder:

        def wait(_process: int) -> None:
            wait_until_another_is_ended(database)

        assert not asyncio.run(_told(database, holder, wait, arrives=False))


def test_whoever_stayed_too_long_is_told_and_the_next_transaction_works(
    database: Database,
) -> None:
    with limited(database, LIMIT_MILLISECONDS) as short:
        kept = PostgresTransactions(short)

        def stay() -> None:
            with kept(SYSTEM) as tx:
                tx.timers.count_due(at=SINCE)
                wait_until_another_is_ended(database)
                tx.timers.count_due(at=SINCE)

        with pytest.raises(DatabaseUnavailable):
            stay()
        with kept(SYSTEM) as tx:
            assert tx.timers.count_due(at=SINCE) == 0


def test_a_list_that_somebody_takes_in_slowly_is_not_ended(database: Database) -> None:
    with limited(database, LIMIT_MILLISECONDS) as short, short.begin() as connection:
        unlimited(connection)
        wait_until_another_is_ended(database)

        assert connection.execute(text("SELECT 1")).scalar() == 1
