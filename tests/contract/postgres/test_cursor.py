"""The cursor describes what it has found as the DB API (PEP 249) wants it."""

from psycopg import postgres
from sqlalchemy import text

from autodoctor.adapters.postgres.cursor import BriefCursor
from support.postgres import Database

LEFT_OUT = (None,) * 5
INT8, TEXT = (postgres.types[name].oid for name in ("int8", "text"))


def test_columns_are_told_by_name_and_type(database: Database) -> None:
    with database.app.connect() as connection:
        cursor = connection.connection.cursor()
        assert isinstance(cursor, BriefCursor), "SQLAlchemy uses it"

        cursor.execute("SELECT 1::int8 AS one, 'x'::text AS \"größe\"")

        assert cursor.description == [("one", INT8, *LEFT_OUT), ("größe", TEXT, *LEFT_OUT)]


def test_what_brings_no_rows_has_no_columns(database: Database) -> None:
    with database.app.connect() as connection:
        cursor = connection.connection.cursor()
        assert cursor.description is None

        cursor.execute("SET LOCAL work_mem = '8MB'")

        assert cursor.description is None


def test_columns_of_one_name_are_told_apart_by_place(database: Database) -> None:
    with database.app.connect() as connection:
        assert connection.execute(text("SELECT 1 AS n, 2 AS n")).one() == (1, 2)
