"""Several customers and mechanics at once: the stores alone keep one session for each."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import settings

from autodoctor.adapters.postgres.tables.sessions import (
    NO_OVERLAP,
    ONE_PER_CUSTOMER,
    ONE_PER_MECHANIC,
)
from autodoctor.domain.sessions.policy import Engagement
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.machines.market import CUSTOMERS, Market
from autodoctor.testing.shelves import Shelf
from autodoctor.testing.strategies.sessions import MECHANICS
from support.machines import BOUNDED, holds
from support.postgres import Cluster
from support.shelves import KeptShelf, keep_mechanics
from support.unguarded import unguarded_memory, without


def market_on(kept: Transactions) -> type[Market]:
    """Nobody asks first, and who has which sessions is what the stores say."""
    keep_mechanics(kept)

    class KeptMarket(Market):
        asks_first = False

        def shelf(self) -> Shelf:
            return KeptShelf(kept)

        def new_id(self) -> SessionId:
            return SessionId(uuid4())

        def of_customer(self, customer: CustomerId) -> tuple[Engagement, ...]:
            with kept(SYSTEM) as tx:
                return tx.sessions.of_customer(customer)

        def of_mechanic(self, mechanic: MechanicId) -> tuple[Engagement, ...]:
            with kept(SYSTEM) as tx:
                return tx.sessions.of_mechanic(mechanic)

        def teardown(self) -> None:
            for each in self.told:
                assert isinstance(each.shelf, KeptShelf)
                each.shelf.put_away()

    return KeptMarket


def test_nobody_has_two_sessions_at_a_time(kept: Transactions) -> None:
    holds(market_on(kept), settings(BOUNDED, max_examples=20))


def two_at_once(market: Market) -> None:
    for _ in range(2):
        market.book(CUSTOMERS[0], None)


def one_mechanic_twice(market: Market) -> None:
    for number in range(2):
        market.book(CUSTOMERS[number], None)
        market.accept(number, MECHANICS[0])


def two_appointments_at_one_time(market: Market) -> None:
    for number in range(2):
        market.book(CUSTOMERS[number], timedelta(hours=3))
        market.accept(number, MECHANICS[0])


STEPS: dict[str, Callable[[Market], None]] = {
    ONE_PER_CUSTOMER: two_at_once,
    ONE_PER_MECHANIC: one_mechanic_twice,
    NO_OVERLAP: two_appointments_at_one_time,
}


def finds_out(kept: Transactions, guard: str) -> bool:
    """Whether the machine, led to where the guard stands, finds that it is gone."""
    market = market_on(kept)()
    market.nobody_has_booked()
    STEPS[guard](market)
    try:
        market.customers_have_one_at_a_time()
        market.mechanics_are_in_one_place()
    except AssertionError:
        return True
    finally:
        market.teardown()
    return False


@pytest.mark.parametrize("guard", sorted(STEPS))
def test_memory_that_does_not_look_is_found_out(guard: str) -> None:
    assert finds_out(unguarded_memory(), guard)


@pytest.mark.parametrize("guard", sorted(STEPS))
def test_a_database_without_its_guard_is_found_out(cluster: Cluster, guard: str) -> None:
    with cluster.database() as database:
        guarded = finds_out(database.transactions, guard)
        without(database, guard)

        assert (guarded, finds_out(database.transactions, guard)) == (False, True)
