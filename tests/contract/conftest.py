"""The stores, kept in memory and in PostgreSQL: what holds for one holds for the other."""

from collections.abc import Iterator

import pytest

from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.application.operations.watched import watch
from autodoctor.ports.transactions import Transactions
from support.postgres import Cluster, Database, running
from support.prepared import cluster_in, fill
from support.running import open_folder


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Started when a test first asks for it: once for each worker."""
    with open_folder("postgres") as folder:
        fill(folder)
        with running(cluster_in(folder)) as cluster:
            yield cluster


@pytest.fixture(scope="module")
def database(cluster: Cluster) -> Iterator[Database]:
    """At the newest schema, without rows, for one module."""
    with cluster.database() as database:
        yield database


@pytest.fixture(scope="module", params=["memory", "postgres"])
def kept(request: pytest.FixtureRequest) -> Transactions:
    """The stores; what one test leaves there, the next one of the module finds."""
    if request.param == "memory":
        return MemoryTransactions(routes=ROUTES, watch=watch)
    database: Database = request.getfixturevalue("database")
    return database.transactions
