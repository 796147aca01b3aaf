"""Finding the best of those on shift: exactly what ranking all of them would give."""

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autodoctor.application.mechanics.eligibility import candidate_of
from autodoctor.domain.matching.candidate import Wanted
from autodoctor.domain.matching.ranking import rank
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.strategies.matching import wanted
from autodoctor.testing.strategies.mechanics import mechanics
from support.scenery import an_account

TODAY = date(2031, 6, 1)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
"""Far from the database's own day, which must not matter."""


def off_shift(kept: Transactions, mechanic: Mechanic) -> None:
    with kept(SYSTEM) as tx:
        tx.mechanics.save(tx.mechanics.get(mechanic.id).clock_out())


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.lists(mechanics(), max_size=8), asked=wanted(), most=st.integers(1, 5))
def test_the_best_are_those_that_ranking_everybody_gives(
    kept: Transactions, drawn: list[Mechanic], asked: Wanted, most: int
) -> None:
    everybody = [
        attrs.evolve(
            each,
            id=MechanicId(an_account(kept, Role.MECHANIC).account_id),
            workshop_id=None,
            papers_expire_on=None,
        )
        for each in drawn
    ]
    with kept(SYSTEM) as tx:
        for each in everybody:
            tx.mechanics.add(each)

    with kept(SYSTEM) as tx:
        best = tx.mechanics.best(asked, most=most, today=TODAY)
        again = [tx.mechanics.get(each.id) for each in everybody]

    able = (m for m in everybody if m.approved and m.workshop_approved)
    pool = [m for m in able if m.profile_completion >= 80]
    assert best == rank(map(candidate_of, pool), asked, most=most)
    assert again == everybody
    for each in everybody:
        off_shift(kept, each)


def test_nobody_on_shift_is_nobody_found(kept: Transactions) -> None:
    with kept(SYSTEM) as tx:
        assert tx.mechanics.best(Wanted(), most=9, today=TODAY) == ()
        assert tx.mechanics.on_shift_count() == 0


@pytest.mark.parametrize(
    ("papers_expire_on", "found"),
    [(None, True), (TOMORROW, True), (TODAY, True), (YESTERDAY, False)],
)
def test_papers_are_good_to_the_end_of_their_last_day_as_the_caller_counts_days(
    kept: Transactions, papers_expire_on: date | None, found: bool
) -> None:
    mechanic = Mechanic(
        id=MechanicId(an_account(kept, Role.MECHANIC).account_id),
        name="Morgan Wrench",
        approved=True,
        profile_completion=100,
        papers_expire_on=papers_expire_on,
        on_shift_since=datetime(2031, 6, 1, 8, tzinfo=UTC),
    )
    with kept(SYSTEM) as tx:
        tx.mechanics.add(mechanic)

    with kept(SYSTEM) as tx:
        best = tx.mechanics.best(Wanted(), most=9, today=TODAY)

    assert [each.candidate.mechanic_id for each in best] == [mechanic.id] * found
    off_shift(kept, mechanic)
