"""Only a role that row-level security holds back lets production start."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from autodoctor.adapters.postgres.engine import engine
from autodoctor.adapters.postgres.role import RoleUnsafe, check_role
from support.postgres import OWNER, SUPERUSER, Cluster, Database


def connected(url: URL) -> Engine:
    return engine(url.render_as_string(hide_password=False), connections=1)


@pytest.fixture
def member(cluster: Cluster, database: Database) -> Iterator[Engine]:
    """Of the role that owns the tables, by inheritance."""
    cluster.superuser.execute(f"CREATE ROLE a_member LOGIN PASSWORD 'm' IN ROLE {OWNER}")
    made = connected(database.app.url.set(username="a_member", password="m"))
    yield made
    made.dispose()
    cluster.superuser.execute("DROP ROLE a_member")


def test_a_superuser_is_refused(cluster: Cluster, database: Database) -> None:
    powerful = engine(cluster.server.url(SUPERUSER, database.name), connections=1)

    with pytest.raises(RoleUnsafe, match="superuser"):
        check_role(powerful)

    powerful.dispose()


def test_the_role_of_the_application_is_held_back(database: Database) -> None:
    check_role(database.app)


def test_the_owner_of_the_tables_is_refused(database: Database) -> None:
    with pytest.raises(RoleUnsafe, match="owns tables"):
        check_role(database.owner)


def test_who_inherits_from_the_owner_is_refused(member: Engine) -> None:
    with pytest.raises(RoleUnsafe, match="owns tables"):
        check_role(member)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "wrong"}, "refuses this user and password"),
        ({"username": "nobody_here"}, "refuses this user and password"),
        ({"database": "nowhere"}, "has no such database"),
    ],
)
def test_what_postgresql_refuses_is_said(
    database: Database, wrong: dict[str, str], said: str
) -> None:
    refused = connected(database.app.url.set(**wrong))  # type: ignore[arg-type]

    with pytest.raises(RoleUnsafe, match=said):
        check_role(refused)
    refused.dispose()


def test_a_database_that_does_not_answer_is_said_to(database: Database) -> None:
    nowhere = connected(database.app.url.set(port=1))

    with pytest.raises(RoleUnsafe, match="does not answer"):
        check_role(nowhere)
