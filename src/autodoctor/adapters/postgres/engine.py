"""Connections to PostgreSQL."""

from typing import Any

import msgspec
import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url

from autodoctor.adapters.postgres.cursor import BriefCursor
from autodoctor.adapters.postgres.discretion import keep_values_out

CONNECT_SECONDS = 5
STATEMENT_MILLISECONDS = 30_000
TRANSACTION_TIMEOUT_SINCE = 170000
IN_PARTS = ("idle_in_transaction_session_timeout", "statement_timeout")


def _dumps(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def engine(
    url: str,
    *,
    connections: int = 16,
    check_first: bool = False,
    transaction_milliseconds: int | None = None,
) -> Engine:
    """A pool. `check_first` asks a connection whether it is alive before each use, for those
    who cannot hand an error to somebody who tries again. `transaction_milliseconds` is how long
    a transaction may be open before PostgreSQL ends it; up to version 16, how long it may stand
    idle, and each of its statements run."""
    made = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=connections,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_pre_ping=check_first,
        # Stores ask an upsert whether it has added its row.
        execution_options={"preserve_rowcount": True},
        json_serializer=_dumps,
        json_deserializer=msgspec.json.decode,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "cursor_factory": BriefCursor,
            "options": f"-c statement_timeout={STATEMENT_MILLISECONDS} -c timezone=UTC",
        },
        hide_parameters=True,
    )
    keep_values_out(made)
    if transaction_milliseconds is not None:
        _end_long_transactions(made, transaction_milliseconds)
    return made


def unlimited(connection: Connection) -> None:
    """For the transaction it is in: one that only reads, for as long as somebody takes in what
    it reads. It holds up nobody's messages, because it has written nothing."""
    driver: psycopg.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    for name in _limits(driver):
        connection.execute(text(f"SET LOCAL {name} = 0"))


def _limits(connection: psycopg.Connection) -> tuple[str, ...]:
    whole = connection.info.server_version >= TRANSACTION_TIMEOUT_SINCE
    return ("transaction_timeout",) if whole else IN_PARTS


def _end_long_transactions(engine: Engine, milliseconds: int) -> None:
    @event.listens_for(engine, "connect")
    def limit(connection: psycopg.Connection, _record: Any) -> None:
        connection.autocommit = True
        for name in _limits(connection):
            connection.execute(
                sql.SQL("SET {} = {}").format(sql.Identifier(name), sql.Literal(milliseconds))
            )
        connection.autocommit = False
