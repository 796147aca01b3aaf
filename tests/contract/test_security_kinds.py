"""Each kind of the security log, brought about over HTTP, leaves exactly one entry that says who
did it, whom it is about, from where, and in which request."""

import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.shared.origin import Origin
from autodoctor.ports.queries import Queries
from autodoctor.ports.transactions import Transactions
from support.postgres import Database
from support.security import ADDRESS, AGENT, World, a_world
from support.security_cases import CASES


@pytest.fixture(scope="module")
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return database.queries


@pytest.fixture(scope="module")
def place(kept: Transactions, queries: Queries) -> World:
    return a_world(kept, queries)


@pytest.fixture
def world(place: World) -> World:
    return place.anew()


def test_every_kind_has_a_case() -> None:
    assert set(CASES) == set(SecurityKind)


@pytest.mark.parametrize("kind", list(SecurityKind))
def test_what_is_done_leaves_one_entry(world: World, kind: SecurityKind) -> None:
    expected = CASES[kind](world)

    event = world.entry(kind).event

    assert (event.actor_id, event.actor_role) == (expected.actor, expected.role)
    assert event.subject.id == expected.subject
    assert event.outcome is expected.outcome
    assert event.origin == Origin(ADDRESS, AGENT, world.request_id)
