from itertools import product

import pytest

from autodoctor.domain.sessions.states import (
    CUSTOMER_BLOCKING,
    ENDED,
    IN_ROOM,
    JOINABLE,
    MECHANIC_ENGAGED,
    TRANSITIONS,
    IllegalTransition,
    SessionStatus,
    TransitionNotYours,
    check_transition,
)
from autodoctor.domain.shared.actor import Role
from autodoctor.testing.invariants import lifecycle

PAIRS = list(product(SessionStatus, SessionStatus))
TAKEN = [(*edge, taker) for edge, takers in lifecycle.EDGES.items() for taker in sorted(takers)]
NOT_TAKEN = [(*edge, other) for edge in lifecycle.EDGES for other in Role]
NOT_TAKEN = [each for each in NOT_TAKEN if each not in TAKEN]


def test_a_session_has_exactly_the_twelve_states_of_the_product() -> None:
    assert [str(status) for status in SessionStatus] == [
        "pending",
        "waiting",
        "matched",
        "scheduled",
        "live",
        "reconnecting",
        "completed",
        "escalated",
        "expired",
        "cancelled",
        "refunded",
        "archived",
    ]


def test_the_table_is_the_products_diagram() -> None:
    assert TRANSITIONS == lifecycle.EDGES


@pytest.mark.parametrize(("current", "requested", "by"), TAKEN)
def test_who_may_take_an_edge_takes_it(
    current: SessionStatus, requested: SessionStatus, by: Role
) -> None:
    check_transition(current=current, requested=requested, by=by)


@pytest.mark.parametrize(("current", "requested", "by"), NOT_TAKEN)
def test_nobody_else_may_take_it(
    current: SessionStatus, requested: SessionStatus, by: Role
) -> None:
    with pytest.raises(TransitionNotYours) as refused:
        check_transition(current=current, requested=requested, by=by)

    assert refused.value.facts == {"current": current, "requested": requested, "role": by}


@pytest.mark.parametrize(
    ("current", "requested"), [pair for pair in PAIRS if pair not in lifecycle.EDGES]
)
def test_every_other_pair_is_refused_to_everybody_and_names_both_states(
    current: SessionStatus, requested: SessionStatus
) -> None:
    for by in Role:
        with pytest.raises(IllegalTransition) as refused:
            check_transition(current=current, requested=requested, by=by)

        assert refused.value.facts == {"current": current, "requested": requested}
        assert f"current={current}, requested={requested}" in str(refused.value)


def test_an_appointment_blocks_neither_todays_customer_nor_todays_mechanic() -> None:
    assert set(CUSTOMER_BLOCKING) == {"pending", "waiting", "matched", "live", "reconnecting"}
    assert set(MECHANIC_ENGAGED) == {"matched", "live", "reconnecting"}


def test_the_groups_of_states_are_those_of_the_life() -> None:
    assert set(IN_ROOM) == {"live", "reconnecting"}
    assert set(JOINABLE) == {"matched", "scheduled", "live", "reconnecting"}
    assert lifecycle.ENDED == ENDED
