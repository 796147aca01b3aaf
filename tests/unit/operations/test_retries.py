"""How often work that fails is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from autodoctor.domain.operations.retries import (
    ATTEMPTS_MAX,
    LONGEST_WAIT,
    next_attempt,
    wait_after,
)

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_the_wait_begins_with_three_seconds_and_doubles() -> None:
    assert [wait_after(n) for n in (1, 2, 3, 4)] == [
        3 * SECOND,
        6 * SECOND,
        12 * SECOND,
        24 * SECOND,
    ]


def test_the_wait_is_never_longer_than_an_hour() -> None:
    assert wait_after(11) < timedelta(hours=1)
    assert wait_after(12) == wait_after(10_000) == LONGEST_WAIT == timedelta(hours=1)


@pytest.mark.parametrize("attempts", [1, 2, ATTEMPTS_MAX - 1])
def test_the_next_attempt_is_after_the_wait(attempts: int) -> None:
    assert next_attempt(attempts=attempts, at=AT) == AT + wait_after(attempts)


@pytest.mark.parametrize("attempts", [ATTEMPTS_MAX, ATTEMPTS_MAX + 1])
def test_once_all_attempts_are_made_there_is_no_next_one(attempts: int) -> None:
    assert next_attempt(attempts=attempts, at=AT) is None


def test_all_attempts_together_outlast_half_a_day() -> None:
    waits = sum((wait_after(n) for n in range(1, ATTEMPTS_MAX)), timedelta())

    assert timedelta(hours=12) < waits < timedelta(hours=14)
