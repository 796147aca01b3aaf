"""Every constraint means something to people, or is known to be unreachable; no error quotes what
they entered."""

import traceback
from collections.abc import Iterator
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import CheckConstraint, text
from sqlalchemy.exc import DBAPIError

from autodoctor.adapters.postgres.constraints import (
    FIELDS,
    STALE,
    UNREACHABLE,
    ConstraintBroken,
    refusal_of,
)
from autodoctor.adapters.postgres.tables import metadata
from autodoctor.adapters.postgres.tables.base import FROM_ENUM
from autodoctor.domain.booking.files import TooManyFiles
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import FileId
from autodoctor.ports.stores import Stale
from support.postgres import Cluster, Database
from support.scenery import a_kept_session

CATALOGUE = """
    SELECT conname FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'u', 'x', 'p')
    UNION
    SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indisunique AND relnamespace = 'public'::regnamespace
"""
SECRET = "the customer lives at 12 Elm Street"


@pytest.fixture(scope="module")
def catalogue(database: Database) -> frozenset[str]:
    with database.owner.connect() as connection:
        names = connection.execute(text(CATALOGUE)).scalars()
        return frozenset(names) - {"alembic_version_pkc"}


@pytest.fixture(scope="module")
def database(cluster: Cluster) -> Iterator[Database]:
    with cluster.database() as database:
        yield database


def from_enums() -> frozenset[str]:
    return frozenset(
        str(each.name)
        for table in metadata.tables.values()
        for each in table.constraints
        if isinstance(each, CheckConstraint) and each.info.get(FROM_ENUM)
    )


def test_every_constraint_has_a_meaning_or_a_reason(catalogue: frozenset[str]) -> None:
    told = {name for name in catalogue if refusal_of(name) is not None}
    known = told | UNREACHABLE.keys() | from_enums()

    assert catalogue - known == set(), "say what these mean, or why nobody can break them"
    assert told & (UNREACHABLE.keys() | from_enums()) == set()


def test_no_meaning_is_of_a_constraint_that_is_gone(catalogue: frozenset[str]) -> None:
    checks = {name for name in (*FIELDS, *STALE, *UNREACHABLE) if not name.startswith("fk_")}

    assert checks <= catalogue


def said(refusal: Exception) -> tuple[type, object]:
    return type(refusal), getattr(refusal, "facts", None)


def broken(database: Database, name: str, state: str = "23514") -> Exception:
    """What comes of a transaction in which PostgreSQL says that this constraint was broken."""
    statement = f"""
        DO $$ BEGIN
            RAISE EXCEPTION USING ERRCODE = '{state}', CONSTRAINT = '{name}',
                MESSAGE = 'violates {name}', DETAIL = 'Failing row contains ({SECRET})';
        END $$
    """
    try:
        with database.transactions(SYSTEM) as tx:
            tx.connection.execute(text(statement))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is looked at
        return error
    raise AssertionError("nothing was broken")


def test_each_of_them_comes_out_of_a_transaction_as_what_it_means(
    database: Database, catalogue: frozenset[str]
) -> None:
    for name in sorted(catalogue):
        error = broken(database, name)

        expected = refusal_of(name)
        if expected is None:
            assert isinstance(error, ConstraintBroken), name
            assert str(error) == name
        else:
            assert said(error) == said(expected), name
        assert SECRET not in "".join(traceback.format_exception(error)), name


def test_too_many_files_are_refused_by_the_database_too(database: Database) -> None:
    session = a_kept_session(database.transactions)
    with database.transactions(SYSTEM) as tx:
        intake = tx.intakes.get(session.intake_id)
    six = attrs.evolve(intake, file_ids=tuple(FileId(uuid4()) for _ in range(6)))

    with pytest.raises(TooManyFiles), database.transactions(SYSTEM) as tx:
        tx.intakes.save(six)


def test_a_concern_that_is_too_long_is_refused_and_not_quoted(database: Database) -> None:
    a_kept_session(database.transactions)

    with pytest.raises(InvalidField) as refused, database.transactions(SYSTEM) as tx:
        tx.connection.execute(text("UPDATE intakes SET concern = repeat('squeal', 1000)"))

    assert refused.value.field == "concern"
    assert "squealsqueal" not in "".join(traceback.format_exception(refused.value))


STATEMENTS = {
    "a value of another type": "SELECT CAST(:secret AS integer)",
    "a check": "UPDATE intakes SET concern = left(:secret, 2)",
    "a missing table": "SELECT * FROM nowhere WHERE a = :secret",
    "a number out of range": "SELECT CAST(length(:secret) AS smallint) * 30000::smallint",
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_error_of_the_engine_quotes_a_value(database: Database, name: str) -> None:
    a_kept_session(database.transactions)

    with pytest.raises(DBAPIError) as failed, database.app.begin() as connection:
        connection.execute(text(STATEMENTS[name]), {"secret": SECRET})

    shown = "".join(traceback.format_exception(failed.value))
    assert SECRET not in shown
    assert "Elm" not in shown
    assert "Failing row" not in shown


def test_a_primary_key_that_is_taken_is_stale(database: Database) -> None:
    error = broken(database, "pk_sessions", "23505")

    assert isinstance(error, Refusal)
    assert said(error) == said(Stale("sessions"))
