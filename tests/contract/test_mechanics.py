"""Mechanics, workshops and shifts; finding the best of those on shift is exactly what ranking
all of them would give."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.application.mechanics.eligibility import candidate_of
from autodoctor.domain.matching.candidate import Wanted
from autodoctor.domain.matching.ranking import rank
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.revenue.rates import Rates
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.strategies.matching import wanted
from autodoctor.testing.strategies.mechanics import mechanics
from autodoctor.testing.strategies.revenue import agreed_rates
from support.postgres import Database
from support.scenery import AT, a_mechanic, an_account, new_mechanic, new_workshop

TODAY = date(2031, 6, 1)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
"""Far from the database's own day, which must not matter."""


EXPERT = {
    "years_of_experience": 10,
    "red_seal": True,
    "profile_completion": 100,
    "completed_sessions": 50,
    "reputation": Reputation(5, 1),
}
HERE, ELSEWHERE = {"country": "CA", "city": "Toronto"}, {"country": "CA", "city": "Halifax"}


@pytest.mark.parametrize("seals", [True, False])
def test_nobody_elsewhere_is_missed_who_is_as_good_as_those_in_town(
    kept: Transactions, seals: bool
) -> None:
    """In town with 35 points for it, elsewhere with all that the work can bring: 65 against
    55 or 65 points."""
    known = {"brands": frozenset({"Honda"}), "keywords": frozenset({"brakes"})}
    town = [on_shift(kept, years_of_experience=9, red_seal=seals, **HERE) for _ in range(2)]
    other = [on_shift(kept, **(EXPERT | known), **ELSEWHERE) for _ in range(2)]
    asked = Wanted(frozenset({"brakes"}), "Honda", "CA", "Toronto")

    with kept(SYSTEM) as tx:
        best = tx.mechanics.best(asked, most=2, today=TODAY)

    assert best == rank(map(candidate_of, [*town, *other]), asked, most=2)
    for each in (*town, *other):
        off_shift(kept, each)


@pytest.mark.parametrize(
    "asked", [Wanted(frozenset(), None, "CA", "Toronto"), Wanted(brand="Honda")]
)
def test_those_who_cannot_be_beaten_from_elsewhere_are_the_best(
    kept: Transactions, asked: Wanted
) -> None:
    mine = {"brands": frozenset({"Honda"})}
    best_known = [on_shift(kept, **(EXPERT | mine), **HERE) for _ in range(3)]
    others = [on_shift(kept, **EXPERT, **ELSEWHERE) for _ in range(3)]

    with kept(SYSTEM) as tx:
        best = tx.mechanics.best(asked, most=3, today=TODAY)

    assert {each.candidate.mechanic_id for each in best} == {each.id for each in best_known}
    assert best == rank(map(candidate_of, [*others, *best_known]), asked, most=3)
    for each in (*best_known, *others):
        off_shift(kept, each)


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
    mechanic = on_shift(kept, papers_expire_on=papers_expire_on)

    with kept(SYSTEM) as tx:
        best = tx.mechanics.best(Wanted(), most=9, today=TODAY)

    assert [each.candidate.mechanic_id for each in best] == [mechanic.id] * found
    off_shift(kept, mechanic)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rates=agreed_rates(), approved=st.booleans(), account=st.none() | st.just("acct_1"))
def test_any_workshop_comes_back_as_it_was(
    kept: Transactions, rates: Rates, approved: bool, account: str | None
) -> None:
    workshop = attrs.evolve(
        new_workshop(),
        platform_rate=rates.platform,
        workshop_rate=rates.workshop,
        approved=approved,
        payout_account=account,
        payouts_ready=approved and account is not None,
    )

    with kept(SYSTEM) as tx:
        tx.workshops.add(workshop)

    with kept(SYSTEM) as tx:
        assert tx.workshops.get(workshop.id, lock=True) == workshop


def on_shift(kept: Transactions, **changes: Any) -> Mechanic:
    able = new_mechanic(an_account(kept, Role.MECHANIC))
    mechanic = attrs.evolve(able, on_shift_since=AT, **changes)
    with kept(SYSTEM) as tx:
        tx.mechanics.add(mechanic)
    return mechanic


def found(kept: Transactions) -> list[MechanicId]:
    with kept(SYSTEM) as tx:
        return [
            each.candidate.mechanic_id for each in tx.mechanics.best(Wanted(), most=99, today=TODAY)
        ]


def test_a_mechanic_is_found_from_clocking_in_to_clocking_out(kept: Transactions) -> None:
    mechanic = on_shift(kept)
    seen = [mechanic.id in found(kept)]
    for change in (Mechanic.clock_out, lambda each: each.clock_in(at=AT), Mechanic.clock_out):
        with kept(SYSTEM) as tx:
            tx.mechanics.save(change(tx.mechanics.get(mechanic.id, lock=True)))
        seen.append(mechanic.id in found(kept))

    assert seen == [True, False, True, False]


@pytest.mark.parametrize(
    "lacks",
    [
        {"approved": False},
        {"workshop_approved": False},
        {"profile_completion": 79},
        {"on_shift_since": None},
    ],
)
def test_who_may_not_take_requests_is_neither_found_nor_counted(
    kept: Transactions, lacks: dict[str, Any]
) -> None:
    able = on_shift(kept)
    with kept(SYSTEM) as tx:
        before = tx.mechanics.on_shift_count()
        tx.mechanics.save(attrs.evolve(able, **lacks))

    with kept(SYSTEM) as tx:
        assert tx.mechanics.on_shift_count() == before - 1
    assert able.id not in found(kept)


def test_a_change_that_fails_changes_nobodys_being_found(kept: Transactions) -> None:
    mechanic = on_shift(kept)

    def fail() -> None:
        with kept(SYSTEM) as tx:
            tx.mechanics.save(mechanic.clock_out())
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()

    assert mechanic.id in found(kept)
    off_shift(kept, mechanic)


Shift = tuple[datetime, datetime | None]


@pytest.fixture
def shifts(
    request: pytest.FixtureRequest, kept: Transactions
) -> Callable[[MechanicId], list[Shift]]:
    """The log of one mechanic, oldest first."""
    if isinstance(kept, MemoryTransactions):
        return lambda mechanic: sorted(
            (began, ended)
            for (whose, began), ended in kept.tables.shifts.items()
            if whose == mechanic
        )
    database: Database = request.getfixturevalue("database")
    mine = text("SELECT began_at, ended_at FROM shifts WHERE mechanic_id = :id ORDER BY began_at")

    def read(mechanic: MechanicId) -> list[Shift]:
        with database.app.connect() as connection:
            return [tuple(row) for row in connection.execute(mine, {"id": mechanic})]

    return read


def test_one_shift_runs_at_a_time(
    kept: Transactions, shifts: Callable[[MechanicId], list[Shift]]
) -> None:
    mechanic, hour = a_mechanic(kept).mechanic_id, timedelta(hours=1)

    with kept(SYSTEM) as tx:
        tx.shifts.begin(mechanic, at=AT)
        tx.shifts.begin(mechanic, at=AT + hour)
        tx.shifts.end(mechanic, at=AT + 2 * hour)
        tx.shifts.end(mechanic, at=AT + 3 * hour)
        tx.shifts.begin(mechanic, at=AT + 4 * hour)

    assert shifts(mechanic) == [(AT, AT + 2 * hour), (AT + 4 * hour, None)]


def test_shifts_of_others_run_on_and_what_fails_is_not_logged(
    kept: Transactions, shifts: Callable[[MechanicId], list[Shift]]
) -> None:
    one, other = (a_mechanic(kept).mechanic_id for _ in range(2))
    with kept(SYSTEM) as tx:
        tx.shifts.begin(one, at=AT)
        tx.shifts.begin(other, at=AT)

    def fail() -> None:
        with kept(SYSTEM) as tx:
            tx.shifts.end(other, at=AT + timedelta(hours=1))
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()
    with kept(SYSTEM) as tx:
        tx.shifts.end(one, at=AT + timedelta(hours=1))

    assert shifts(one) == [(AT, AT + timedelta(hours=1))]
    assert shifts(other) == [(AT, None)]
