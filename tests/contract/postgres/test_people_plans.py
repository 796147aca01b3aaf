"""How PostgreSQL finds people among thousands."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from autodoctor.adapters.postgres.queries.people import listing
from autodoctor.domain.shared.actor import Role
from autodoctor.ports.people_queries import PersonFilter
from support.postgres import Cluster, Database
from support.scenery import AT

PEOPLE = """
INSERT INTO accounts (id, email, name, password_hash, roles, phone, time_zone, language,
    standing, created_at, version)
SELECT gen_random_uuid(), 'p' || n || '@test.example', 'Person ' || n, '!', ARRAY['customer'],
    '', 'America/Toronto', 'en', 'active', now() - n * interval '1 minute', 1
FROM generate_series(1, 10000) AS n
"""


@pytest.fixture(scope="module")
def crowded(cluster: Cluster) -> Iterator[Database]:
    with cluster.database() as database:
        with database.owner.begin() as connection:
            connection.execute(text(PEOPLE))
        with database.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as one:
            one.execute(text("ANALYZE accounts"))
        yield database


def plan(database: Database, which: PersonFilter) -> str:
    statement = listing(which).offset(which.skip).limit(which.most)
    told = statement.compile(
        dialect=postgresql.dialect(),  # type: ignore[no-untyped-call]
        compile_kwargs={"literal_binds": True},
    )
    with database.owner.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN {str(told).replace('%', '%%')}").scalars()
        return "\n".join(rows)


@pytest.mark.parametrize(
    "which",
    [PersonFilter(at=AT), PersonFilter(at=AT, role=Role.CUSTOMER)],
    ids=["everybody", "customers"],
)
def test_a_page_is_read_along_the_index_and_nothing_is_sorted(
    crowded: Database, which: PersonFilter
) -> None:
    told = plan(crowded, which)

    assert "Index Scan Backward using ix_accounts_created_at" in told
    assert "Sort" not in told


def test_a_page_among_ten_thousand_is_found(crowded: Database) -> None:
    which = PersonFilter(at=AT, text="Person 99", skip=50, most=50)

    assert len(crowded.queries.people.some(which)) == 50
    assert crowded.queries.people.count(which) == 111
