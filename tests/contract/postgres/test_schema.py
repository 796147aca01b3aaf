"""The schema's history: up from nothing, down to nothing, and the same as the tables."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from autodoctor.adapters.embedded.postgres import APP
from autodoctor.adapters.postgres import schema
from support.postgres import Cluster, Database
from support.waiting import until

HISTORY = ScriptDirectory(str(Path(schema.__file__).parent / "migrations"))
NEWEST = HISTORY.get_current_head()
NEWER = [each.revision for each in HISTORY.walk_revisions()]
WITH_LOCKS = "0024"
"""What follows it changes tables that somebody may read."""
OLDER = [each.down_revision or "base" for each in HISTORY.walk_revisions()]


def objects(database: Database) -> set[str]:
    """Tables, columns, functions, policies and indexes that are there, by name, and what each
    constraint says; those of extensions are not counted."""
    statement = text("""
        SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'
        UNION SELECT proname FROM pg_proc p
            WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (
                SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        UNION SELECT policyname || ' of ' || tablename FROM pg_policies
        UNION SELECT column_name || ' of ' || table_name FROM information_schema.columns
            WHERE table_schema = 'public'
        UNION SELECT indexname FROM pg_indexes WHERE schemaname = 'public'
        UNION SELECT conname || ': ' || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
                AND conrelid <> 'alembic_version'::regclass
    """)
    with database.owner.connect() as connection:
        return set(connection.execute(statement).scalars())


def test_the_migrations_make_the_tables_that_the_stores_know(database: Database) -> None:
    assert schema.differences(database.owner) == ""


def test_an_empty_database_has_no_version_and_comes_to_the_newest(cluster: Cluster) -> None:
    with cluster.database(template=None) as empty:
        assert schema.current(empty.owner) is None

        schema.upgrade(empty.owner, app_role=APP)

        assert schema.current(empty.owner) == NEWEST
        assert schema.differences(empty.owner) == ""


def test_upgrading_again_changes_nothing(cluster: Cluster) -> None:
    with cluster.database() as database:
        before = objects(database)

        schema.upgrade(database.owner, app_role=APP)

        assert objects(database) == before


def test_each_step_that_is_taken_down_comes_up_again_the_same(cluster: Cluster) -> None:
    """All the way down, looking around at each step, and up again past the same sights."""
    with cluster.database() as database:
        seen = [objects(database)]
        for revision in OLDER:
            schema.downgrade(database.owner, revision=revision)
            seen.append(objects(database))
            assert seen[-1] != seen[-2], revision
        assert seen[-1] == {
            "alembic_version",
            "alembic_version_pkc",
            "version_num of alembic_version",
        }

        for revision, sight in zip(reversed(NEWER), reversed(seen[:-1]), strict=True):
            upgrade_to(database, revision)
            assert objects(database) == sight, revision
        assert schema.differences(database.owner) == ""


def test_migrations_have_no_limit_of_time_and_end_with_their_connection(
    database: Database,
) -> None:
    with schema._alone(database.owner) as connection:
        shown = connection.execute(text("SHOW statement_timeout")).scalar()
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()

    assert shown == "0"
    with database.owner.connect() as connection:
        assert connection.execute(text("SHOW statement_timeout")).scalar() != "0"
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar() != pid


@contextmanager
def being_read(database: Database) -> Iterator[Connection]:
    """Somebody reads what the newest migration changes."""
    with database.app.connect() as reader:
        reader.execute(text("SELECT count(*) FROM accounts, drafts, files, timers"))
        yield reader


def somebody_waits(database: Database) -> bool:
    """For a lock, in this database."""
    statement = """
        SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE NOT granted AND datname = current_database()
    """
    with database.app.connect() as connection:
        return connection.execute(text(statement)).scalar_one() > 0


def let_go_after_one_try(database: Database, reader: Connection) -> None:
    until("the migration to wait for its lock", lambda: somebody_waits(database))
    until("the migration to give it up", lambda: not somebody_waits(database))
    reader.rollback()


def test_a_migration_lets_go_of_a_lock_that_it_does_not_get_and_tries_again(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "LOCK_MILLISECONDS", 100)
    monkeypatch.setattr(schema, "PAUSE_SECONDS", 0.5)
    with cluster.database() as database:
        schema.downgrade(database.owner, revision=WITH_LOCKS)
        monkeypatch.setattr(schema, "ATTEMPTS", 1)
        with being_read(database), pytest.raises(OperationalError):
            schema.upgrade(database.owner, app_role=APP)

        monkeypatch.setattr(schema, "ATTEMPTS", 100)
        with being_read(database) as reader, ThreadPoolExecutor(1) as pool:
            let_go = pool.submit(let_go_after_one_try, database, reader)
            schema.upgrade(database.owner, app_role=APP)
            let_go.result()

        assert schema.current(database.owner) == NEWEST


def upgrade_to(database: Database, revision: str) -> None:
    """One step up, which nobody but a test stops at: the application is not let in."""
    with database.owner.begin() as connection:
        command.upgrade(schema._config(connection), revision)
