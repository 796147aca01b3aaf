from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.testing.strategies.mechanics import mechanics

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
NOON = MORNING + timedelta(hours=4)
ALEX = Mechanic(id=MechanicId(UUID(int=1)), name="Alex Roy")


def test_a_new_mechanic_is_neither_approved_nor_on_shift() -> None:
    assert not ALEX.approved
    assert not ALEX.on_shift


def test_clocked_in_is_on_shift_since_the_first_time() -> None:
    on_shift = ALEX.clock_in(at=MORNING)

    assert on_shift.on_shift
    assert on_shift.on_shift_since == MORNING
    assert on_shift.clock_in(at=NOON) is on_shift


def test_clocked_out_is_off_shift_and_stays_so() -> None:
    off_shift = ALEX.clock_in(at=MORNING).clock_out()

    assert not off_shift.on_shift
    assert off_shift.clock_out() == off_shift == ALEX


def test_after_a_session_a_mechanic_waits_again_from_now_and_the_shift_goes_on() -> None:
    began = ALEX.clock_in(at=MORNING)
    done = began.completed(at=NOON)

    assert began.waiting_since == MORNING
    assert (done.completed_sessions, done.waiting_since) == (1, NOON)
    assert done.on_shift_since == MORNING
    assert done.clock_out().waiting_since is None


def test_after_a_session_a_mechanic_who_went_home_stays_home() -> None:
    done = ALEX.completed(at=NOON)

    assert (done.completed_sessions, done.on_shift, done.free_since) == (1, False, None)


@pytest.mark.parametrize(
    ("percent", "before", "ready", "after"),
    [(60, False, True, 65), (65, True, False, 60), (60, True, True, 60), (98, False, True, 100)],
)
def test_being_paid_counts_five_points_of_the_profile(
    percent: int, before: bool, ready: bool, after: int
) -> None:
    mechanic = attrs.evolve(ALEX, profile_completion=percent, payouts_ready=before)

    assert mechanic.can_be_paid(ready=ready) == attrs.evolve(
        mechanic, payouts_ready=ready, profile_completion=after
    )


@given(mechanic=mechanics(), stars=st.integers(1, 5))
def test_a_rating_adds_to_the_reputation_and_changes_nothing_else(
    mechanic: Mechanic, stars: int
) -> None:
    before = mechanic.reputation

    rated = mechanic.rated(stars)

    assert rated.reputation == Reputation(before.stars + stars, before.count + 1)
    assert attrs.evolve(rated, reputation=before) == mechanic
