"""So many times in a window that begins with the first."""

from datetime import UTC, datetime, timedelta

import pytest

from autodoctor.domain.shared.limits import Limit, Retry, Tally

AT = datetime(2026, 3, 2, 15, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TICK = timedelta(microseconds=1)
FIVE_A_MINUTE = Limit(5, timedelta(minutes=1))


def test_a_window_counts_until_it_ends() -> None:
    begun = Tally(1, AT + timedelta(minutes=1))

    assert begun.counted(FIVE_A_MINUTE, at=AT) == Tally(2, begun.ends_at)
    assert begun.counted(FIVE_A_MINUTE, at=begun.ends_at - TICK) == Tally(2, begun.ends_at)


def test_a_window_that_is_over_begins_anew() -> None:
    over = Tally(5, AT)

    assert over.counted(FIVE_A_MINUTE, at=AT) == Tally(1, AT + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("wait", "seconds"),
    [
        (timedelta(0), 1),
        (-SECOND, 1),
        (TICK, 1),
        (SECOND, 1),
        (SECOND + TICK, 2),
        (90 * SECOND, 90),
    ],
)
def test_who_has_to_wait_is_told_whole_seconds_rounded_up(wait: timedelta, seconds: int) -> None:
    told = Retry.after(AT + wait, at=AT)

    assert (told.retry_after_seconds, told.retry_at) == (seconds, AT + seconds * SECOND)


def test_the_time_to_try_again_is_said_by_the_clock() -> None:
    assert Retry.after(AT + 90 * SECOND, at=AT).reason == "Try again at 15:01:30 UTC."
