"""Nobody is paid for their own session, and no workshop stands on both sides."""

from collections.abc import Callable
from uuid import UUID

import pytest

from autodoctor.domain.sessions.acceptance import accept, assign
from autodoctor.domain.sessions.independence import (
    NO_TIES,
    OwnSession,
    Ties,
    check_independent,
)
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.testing.consultations import CUSTOMER, MECHANIC, WORKSHOP
from autodoctor.testing.stories import brought_to

ELSEWHERE = WorkshopId(UUID(int=77))
THEMSELVES = MechanicId(CUSTOMER)
SAME_WORKSHOP = Ties(frozenset({WORKSHOP, ELSEWHERE}), frozenset({WORKSHOP}))
APART = Ties(frozenset({WORKSHOP}), frozenset({ELSEWHERE}))

DEPENDENT = [(THEMSELVES, NO_TIES), (THEMSELVES, APART), (MECHANIC, SAME_WORKSHOP)]


@pytest.mark.parametrize("ties", [NO_TIES, APART])
def test_two_people_of_two_workshops_are_independent(ties: Ties) -> None:
    check_independent(CUSTOMER, MECHANIC, ties)


@pytest.mark.parametrize(("mechanic", "ties"), DEPENDENT)
def test_one_person_or_one_workshop_is_not(mechanic: MechanicId, ties: Ties) -> None:
    with pytest.raises(OwnSession) as refused:
        check_independent(CUSTOMER, mechanic, ties)

    assert refused.value.mechanic_id == mechanic


@pytest.mark.parametrize(("mechanic", "ties"), DEPENDENT)
@pytest.mark.parametrize("take", [accept, assign])
def test_who_is_not_independent_neither_takes_a_session_nor_is_given_it(
    take: Callable[..., object], mechanic: MechanicId, ties: Ties
) -> None:
    told = brought_to(SessionStatus.WAITING)

    with pytest.raises(OwnSession) as refused:
        take(
            told.session,
            told.request,
            mechanic_id=mechanic,
            workshop_id=None,
            ties=ties,
            at=told.now,
        )

    assert refused.value.mechanic_id == mechanic
