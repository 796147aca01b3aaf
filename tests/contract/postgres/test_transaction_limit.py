"""A transaction that is left open is ended: it holds up everybody's live messages."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from autodoctor.adapters.postgres.engine import engine, unlimited
from autodoctor.adapters.postgres.transactions import DatabaseUnavailable, PostgresTransactions
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.entrypoints.realtime.feed import connect, end, new
from support.postgres import Database

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
LIMIT_MILLISECONDS = 400
PATIENCE_SECONDS = 20.0


@contextmanager
def limited(database: Database, milliseconds: int | None) -> Iterator[Engine]:
    url = database.app.url.render_as_string(hide_password=False)
    made = engine(url, connections=2, transaction_milliseconds=milliseconds)
    try:
        yield made
    finally:
        made.dispose()


async def _told_after(database: Database, holder: Engine, *, patience: float) -> bool:
    """Whether what is told while another transaction has written and stands open arrives."""
    url = database.app.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await connect(url) as line:
        begun = await end(line)
        held = holder.connect()
        try:
            held.execute(text("INSERT INTO beats (process) VALUES (gen_random_uuid()::text)"))
            with database.transactions(SYSTEM) as tx:
                tx.live.tell("account:1", "session", {})
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:
                rows, _ = await new(line, begun)
                if rows:
                    return True
                await asyncio.sleep(0.02)
            return False
        finally:
            held.invalidate()
            held.close()


def test_what_others_are_told_arrives_when_the_limit_is_over(database: Database) -> None:
    with limited(database, LIMIT_MILLISECONDS) as holder:
        assert asyncio.run(_told_after(database, holder, patience=PATIENCE_SECONDS))


def test_without_a_limit_it_does_not_arrive(database: Database) -> None:
    with limited(database, None) as holder:
        assert not asyncio.run(_told_after(database, holder, patience=2.0))


def test_whoever_stayed_too_long_is_told_and_the_next_transaction_works(
    database: Database,
) -> None:
    with limited(database, LIMIT_MILLISECONDS) as short:
        kept = PostgresTransactions(short)

        def stay() -> None:
            with kept(SYSTEM) as tx:
                tx.timers.count_due(at=SINCE)
                time.sleep(3 * LIMIT_MILLISECONDS / 1000)
                tx.timers.count_due(at=SINCE)

        with pytest.raises(DatabaseUnavailable):
            stay()
        with kept(SYSTEM) as tx:
            assert tx.timers.count_due(at=SINCE) == 0


def test_a_list_that_somebody_takes_in_slowly_is_not_ended(database: Database) -> None:
    with limited(database, LIMIT_MILLISECONDS) as short, short.begin() as connection:
        unlimited(connection)
        time.sleep(3 * LIMIT_MILLISECONDS / 1000)

        assert connection.execute(text("SELECT 1")).scalar() == 1
