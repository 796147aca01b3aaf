from datetime import date, timedelta
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.matching.candidate import Credentials
from autodoctor.domain.matching.eligibility import (
    NotEligible,
    Obstacle,
    check_eligible,
    obstacles,
)
from autodoctor.domain.shared.ids import MechanicId

TODAY = date(2026, 3, 2)
FIT = Credentials(
    mechanic_id=MechanicId(UUID(int=1)),
    approved=True,
    active=True,
    profile_completion=80,
    papers_expire_on=TODAY,
    clocked_in=True,
)
FAULTS = {
    Obstacle.NOT_APPROVED: {"approved": False},
    Obstacle.NOT_ACTIVE: {"active": False},
    Obstacle.WORKSHOP_APPROVAL_PENDING: {"workshop_approved": False},
    Obstacle.PAPERS_EXPIRED: {"papers_expire_on": TODAY - timedelta(days=1)},
    Obstacle.PROFILE_INCOMPLETE: {"profile_completion": 79},
    Obstacle.OFF_SHIFT: {"clocked_in": False},
}


def test_who_has_everything_is_eligible_through_the_day_their_papers_expire_on() -> None:
    assert obstacles(FIT, today=TODAY) == ()
    check_eligible(FIT, today=TODAY)


def test_papers_without_a_last_day_do_not_expire() -> None:
    check_eligible(attrs.evolve(FIT, papers_expire_on=None), today=date(2100, 1, 1))


@pytest.mark.parametrize("obstacle", Obstacle)
def test_each_fault_stands_in_the_way_by_itself(obstacle: Obstacle) -> None:
    faulty = attrs.evolve(FIT, **FAULTS[obstacle])

    with pytest.raises(NotEligible) as refused:
        check_eligible(faulty, today=TODAY)

    assert refused.value.facts == {"mechanic_id": FIT.mechanic_id, "obstacles": (obstacle,)}


def test_the_owner_of_a_slot_need_not_be_on_shift_and_needs_all_the_rest() -> None:
    off_shift = attrs.evolve(FIT, clocked_in=False)

    check_eligible(off_shift, today=TODAY, owns_slot=True)
    with pytest.raises(NotEligible):
        check_eligible(attrs.evolve(off_shift, approved=False), today=TODAY, owns_slot=True)


@given(present=st.frozensets(st.sampled_from(Obstacle)))
def test_all_that_stands_in_the_way_is_told_and_always_in_the_same_order(
    present: frozenset[Obstacle],
) -> None:
    facts = {name: value for fault in present for name, value in FAULTS[fault].items()}

    found = obstacles(attrs.evolve(FIT, **facts), today=TODAY)

    assert found == tuple(obstacle for obstacle in FAULTS if obstacle in present)
