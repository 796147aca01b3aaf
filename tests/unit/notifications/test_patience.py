"""How long a mail is tried again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.notifications.patience import LONGEST_WAIT, PATIENCE, next_try

QUEUED_AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def after(attempts: int, *, waited: timedelta = timedelta(0)) -> timedelta | None:
    at = QUEUED_AT + waited
    found = next_try(queued_at=QUEUED_AT, attempts=attempts, at=at)
    return None if found is None else found - at


def test_the_wait_doubles() -> None:
    assert [after(n) for n in (1, 2, 3, 4)] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]


def test_and_is_never_longer_than_three_hours() -> None:
    assert after(9) == LONGEST_WAIT == after(10_000)


def test_the_last_try_is_made_at_the_end_of_three_days() -> None:
    assert after(40, waited=PATIENCE - MINUTE) == MINUTE
    assert after(40, waited=PATIENCE) is None


@given(st.timedeltas(timedelta(0), timedelta(minutes=5)))
def test_whatever_the_delays_it_is_tried_some_thirty_times_and_then_no_more(
    late: timedelta,
) -> None:
    at, tries = QUEUED_AT, 0
    while True:
        tries += 1
        following = next_try(queued_at=QUEUED_AT, attempts=tries, at=at)
        if following is None:
            break
        assert at < following <= QUEUED_AT + PATIENCE
        at = following + late

    assert 25 <= tries <= 40
