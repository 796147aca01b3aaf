"""Counting what may happen only so often."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import text

from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.limits import Limit, Tally
from autodoctor.ports.transactions import Transactions
from support.contest import at_once
from support.postgres import Database
from support.scenery import AT

HOUR = timedelta(hours=1)
LIMIT = Limit(3, HOUR)
MANY = 12


def add(kept: Transactions, key: str, after: timedelta = timedelta(0)) -> Tally:
    with kept(SYSTEM) as tx:
        return tx.tallies.add(key, LIMIT, at=AT + after)


def read(kept: Transactions, key: str, after: timedelta = timedelta(0)) -> Tally | None:
    with kept(SYSTEM) as tx:
        return tx.tallies.read(key, at=AT + after)


def test_a_window_begins_with_the_first_and_ends_for_all_alike(kept: Transactions) -> None:
    key = uuid4().hex
    assert read(kept, key) is None

    counted = [add(kept, key, each * HOUR / 4) for each in range(4)]

    assert counted == [Tally(number, AT + HOUR) for number in (1, 2, 3, 4)]
    assert read(kept, key, HOUR - timedelta(seconds=1)) == Tally(4, AT + HOUR)
    assert read(kept, key, HOUR) is None
    assert add(kept, key, HOUR) == Tally(1, AT + 2 * HOUR)


def test_what_is_taken_back_does_not_count(kept: Transactions) -> None:
    key, late = uuid4().hex, uuid4().hex
    add(kept, key)
    add(kept, key)
    add(kept, late)

    with kept(SYSTEM) as tx:
        tx.tallies.take_back(key, at=AT)
        tx.tallies.take_back(late, at=AT + HOUR)
        tx.tallies.take_back("of nobody", at=AT)

    assert read(kept, key) == Tally(1, AT + HOUR)
    assert read(kept, late) == Tally(1, AT + HOUR), "its window was over"


def test_what_is_cleared_begins_anew(kept: Transactions) -> None:
    one, other = uuid4().hex, uuid4().hex
    for key in (one, one, other):
        add(kept, key)

    with kept(SYSTEM) as tx:
        tx.tallies.clear([one, "of nobody"])

    assert (read(kept, one), read(kept, other)) == (None, Tally(1, AT + HOUR))
    assert add(kept, one, HOUR / 2) == Tally(1, AT + HOUR / 2 + HOUR)


def test_keys_are_counted_apart(kept: Transactions) -> None:
    one, other = uuid4().hex, uuid4().hex
    add(kept, one)

    assert add(kept, other).count == 1
    assert add(kept, one).count == 2


def test_what_is_rolled_back_was_not_counted(kept: Transactions) -> None:
    key = uuid4().hex

    def fail() -> None:
        with kept(SYSTEM) as tx:
            tx.tallies.add(key, LIMIT, at=AT)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()

    assert read(kept, key) is None


@pytest.mark.races
def test_of_many_at_once_each_is_counted(database: Database) -> None:
    kept, key = PostgresTransactions(database.app), uuid4().hex

    counts = at_once([partial(add, kept, key)] * MANY)

    assert sorted(tally.count for tally in counts) == list(range(1, MANY + 1))


@pytest.mark.races
def test_who_reads_before_they_write_does_not_count_all(database: Database) -> None:
    """The control: adding has to be one statement."""
    kept, key = PostgresTransactions(database.app), uuid4().hex
    add(kept, key)

    def read_then_add() -> int:
        with kept(SYSTEM) as tx:
            found = tx.tallies.read(key, at=AT)
            assert found is not None
            tx.tallies.add(key, LIMIT, at=AT)
            return found.count + 1

    counts = at_once([read_then_add] * MANY)

    assert sorted(counts) != list(range(2, MANY + 2))


def test_rows_that_are_over_do_not_pile_up(database: Database) -> None:
    kept, old = PostgresTransactions(database.app), [uuid4().hex for _ in range(4)]
    for key in old:
        add(kept, key)

    for _ in range(MANY):
        add(kept, uuid4().hex, 2 * HOUR)

    with database.owner.connect() as connection:
        left = text("SELECT count(*) FROM tallies WHERE key = ANY(:old)")
        assert connection.execute(left, {"old": old}).scalar() == 0
