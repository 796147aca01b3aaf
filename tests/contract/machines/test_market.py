"""Several customers and mechanics at once: the stores alone keep one session for each."""

from uuid import uuid4

import pytest

from autodoctor.adapters.postgres.tables.sessions import (
    NO_OVERLAP,
    ONE_PER_CUSTOMER,
    ONE_PER_MECHANIC,
)
from autodoctor.domain.sessions.policy import Engagement
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.machines.market import Market
from autodoctor.testing.shelves import Shelf
from support.machines import holds, is_found_out
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
    holds(market_on(kept))


def test_memory_that_does_not_look_is_found_out() -> None:
    is_found_out(market_on(unguarded_memory()), "Engagement|Period.* and Period")


FOUND = {
    ONE_PER_CUSTOMER: "Engagement",
    ONE_PER_MECHANIC: "Engagement",
    NO_OVERLAP: "Period.* and Period",
}


@pytest.mark.parametrize("guard", sorted(FOUND))
def test_a_database_without_its_guard_is_found_out(cluster: Cluster, guard: str) -> None:
    with cluster.database() as database:
        without(database, guard)

        is_found_out(market_on(database.transactions), FOUND[guard])
