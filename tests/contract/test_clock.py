"""Time and new ids: the machine's, and those that tests hold in their hands."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from autodoctor.adapters.memory.clock import FixedClock
from autodoctor.adapters.memory.ids import CountingIds
from autodoctor.adapters.system.clock import RandomIds, ShiftedClock, SystemClock
from autodoctor.ports.clock import Clock, Ids


@pytest.mark.parametrize(
    "clock", [SystemClock(), ShiftedClock(lambda: timedelta(hours=3)), FixedClock()]
)
def test_it_is_now_in_utc_and_never_earlier(clock: Clock) -> None:
    first, second = clock.now(), clock.now()

    assert first.tzinfo is UTC
    assert first <= second


def test_a_fixed_clock_moves_when_it_is_told_to() -> None:
    toronto = timezone(timedelta(hours=-5))
    clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=toronto))

    assert clock.now() == clock.now() == datetime(2026, 3, 2, 14, tzinfo=UTC)
    assert clock.advance(timedelta(minutes=15)) == clock.now()
    assert clock.now() == datetime(2026, 3, 2, 14, 15, tzinfo=UTC)


def test_a_fixed_clock_can_be_set() -> None:
    clock = FixedClock()

    clock.set(datetime(2026, 11, 1, 6, tzinfo=UTC))

    assert clock.now() == datetime(2026, 11, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize("ids", [RandomIds(), CountingIds()])
def test_no_id_and_no_secret_comes_twice(ids: Ids) -> None:
    assert len({ids.new() for _ in range(500)}) == 500
    secrets = {ids.secret() for _ in range(500)}
    assert len(secrets) == 500
    assert {len(secret) for secret in secrets} == {43}


def test_counted_ids_can_be_named() -> None:
    ids = CountingIds()

    assert [ids.new().int, ids.new().int] == [1, 2]
