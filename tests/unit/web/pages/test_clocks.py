from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.entrypoints.web.pages.clocks import countdown_to, digits, session_clock, urgency
from autodoctor.entrypoints.web.parts import Urgency
from support.seen import NOW, SESSION, session


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0:00"), (59, "0:59"), (754, "12:34"), (3600, "1:00:00")]
)
def test_time_left_is_told_in_minutes_and_seconds(seconds: int, told: str) -> None:
    assert digits(seconds) == told


@pytest.mark.parametrize(
    ("seconds", "tone"),
    [(301, Urgency.CALM), (300, Urgency.AMBER), (61, Urgency.AMBER), (60, Urgency.RED)],
)
def test_the_clock_is_amber_from_five_minutes_and_red_from_one(seconds: int, tone: Urgency) -> None:
    assert urgency(seconds) is tone


def test_a_clock_that_runs_ends_when_the_time_is_used_up() -> None:
    clock = session_clock(SESSION, now=NOW)

    assert clock.digits == "20:00"
    assert clock.running
    assert clock.ends_at == (NOW + timedelta(minutes=20)).isoformat()


@pytest.mark.parametrize(
    ("status", "label"),
    [(SessionStatus.MATCHED, "not started"), (SessionStatus.RECONNECTING, "left, paused")],
)
def test_a_clock_stands_before_the_start_and_while_somebody_is_missing(
    status: SessionStatus, label: str
) -> None:
    clock = session_clock(session(status), now=NOW)

    assert not clock.running
    assert (clock.digits, clock.label) == ("30:00", label)


@given(milliseconds=st.integers(min_value=-10_000, max_value=10_000_000))
def test_a_countdown_never_shows_less_than_is_left(milliseconds: int) -> None:
    left = timedelta(milliseconds=milliseconds)

    shown = countdown_to(NOW + left, now=NOW).digits

    minutes, seconds = ([0, *map(int, shown.split(":"))])[-2:]
    assert timedelta(minutes=minutes, seconds=seconds) >= left % timedelta(
        hours=1
    ) or left < timedelta(0)
