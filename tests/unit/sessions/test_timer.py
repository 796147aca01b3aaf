from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.sessions.timer import WARN_BEFORE_END, Timer, minutes_told
from autodoctor.testing.consultations import OPENED_AT

MINUTE = timedelta(minutes=1)
HALF_HOUR = Timer(allowed=30 * MINUTE)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_a_new_clock_stands_at_nothing() -> None:
    assert HALF_HOUR.elapsed(at=OPENED_AT) == minutes(0)
    assert HALF_HOUR.remaining(at=OPENED_AT) == minutes(30)
    assert HALF_HOUR.runs_out_at is None


def test_a_running_clock_tells_how_much_is_left_and_when_it_runs_out() -> None:
    running = HALF_HOUR.start(at=OPENED_AT)

    assert running.elapsed(at=OPENED_AT + minutes(12)) == minutes(12)
    assert running.remaining(at=OPENED_AT + minutes(12)) == minutes(18)
    assert running.runs_out_at == OPENED_AT + minutes(30)


def test_starting_a_running_clock_changes_nothing() -> None:
    running = HALF_HOUR.start(at=OPENED_AT)

    assert running.start(at=OPENED_AT + minutes(5)) is running


def test_a_stopped_clock_keeps_what_was_used() -> None:
    stopped = HALF_HOUR.start(at=OPENED_AT).stop(at=OPENED_AT + minutes(7))

    assert stopped.used == minutes(7)
    assert stopped.running_since is None
    assert stopped.remaining(at=OPENED_AT + minutes(90)) == minutes(23)


def test_stopping_a_clock_that_stands_changes_nothing() -> None:
    stopped = HALF_HOUR.start(at=OPENED_AT).stop(at=OPENED_AT + minutes(7))

    assert stopped.stop(at=OPENED_AT + minutes(20)) == stopped


def test_a_resumed_clock_goes_on_where_it_stopped() -> None:
    stopped = HALF_HOUR.start(at=OPENED_AT).stop(at=OPENED_AT + minutes(7))

    resumed = stopped.start(at=OPENED_AT + minutes(10))

    assert resumed.elapsed(at=OPENED_AT + minutes(12)) == minutes(9)
    assert resumed.runs_out_at == OPENED_AT + minutes(33)


def test_a_late_job_costs_nobody_more_than_is_allowed() -> None:
    running = HALF_HOUR.start(at=OPENED_AT)
    late = OPENED_AT + minutes(45)

    assert running.elapsed(at=late) == minutes(30)
    assert running.remaining(at=late) == minutes(0)
    assert running.stop(at=late).used == minutes(30)


def test_a_clock_stopped_before_it_ran_counts_nothing_back() -> None:
    running = HALF_HOUR.start(at=OPENED_AT)

    assert running.stop(at=OPENED_AT - minutes(3)).used == minutes(0)


def test_an_extension_adds_to_what_is_allowed_and_moves_the_end() -> None:
    running = HALF_HOUR.start(at=OPENED_AT)

    extended = running.extend(minutes(15))

    assert extended.allowed == minutes(45)
    assert extended.runs_out_at == OPENED_AT + minutes(45)
    assert extended.elapsed(at=OPENED_AT + minutes(40)) == minutes(40)


def test_the_room_warns_five_minutes_and_one_minute_before_the_end() -> None:
    assert (minutes(5), minutes(1)) == WARN_BEFORE_END


def test_a_warning_comes_once_and_not_on_coming_back_after_it() -> None:
    begun = Timer(minutes(30)).start(at=OPENED_AT)
    back = OPENED_AT + minutes(40)
    before, after = (begun.stop(at=OPENED_AT + minutes(used)) for used in (24, 26))

    assert begun.warns_at(minutes(5)) == OPENED_AT + minutes(25)
    assert begun.stop(at=OPENED_AT + minutes(1)).warns_at(minutes(5)) is None
    assert before.start(at=back).warns_at(minutes(5)) == back + minutes(1)
    assert after.start(at=back).warns_at(minutes(5)) is None
    assert after.start(at=back).warns_at(minutes(1)) == back + minutes(3)


def test_five_minutes_do_not_begin_with_the_warning_that_five_are_left() -> None:
    begun = Timer(minutes(5)).start(at=OPENED_AT)

    assert begun.warns_at(minutes(5)) is None
    assert begun.warns_at(minutes(1)) == OPENED_AT + minutes(4)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, 0),
        (46, 0),
        (59.999999, 0),
        (60, 1),
        (89.999999, 1),
        (90, 2),
        (149, 2),
        (150, 3),
        (3600, 60),
    ],
)
def test_minutes_are_told_rounded_half_up_and_none_below_one(seconds: float, told: int) -> None:
    assert minutes_told(timedelta(seconds=seconds)) == told


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["start", "stop", "extend"]), st.timedeltas(minutes(0), MINUTE)),
        max_size=20,
    )
)
def test_used_and_remaining_always_make_what_is_allowed(
    steps: list[tuple[str, timedelta]],
) -> None:
    timer, at = Timer(allowed=3 * MINUTE), OPENED_AT
    for step, duration in steps:
        at += duration
        before = timer.elapsed(at=at)
        match step:
            case "start":
                timer = timer.start(at=at)
            case "stop":
                timer = timer.stop(at=at)
            case _:
                timer = timer.stop(at=at).extend(duration).start(at=at)

        assert timer.elapsed(at=at) == before
        assert timer.elapsed(at=at) + timer.remaining(at=at) == timer.allowed
        assert timedelta(0) <= timer.used <= timer.allowed
        if timer.runs_out_at is not None:
            assert timer.remaining(at=timer.runs_out_at) == timedelta(0)
