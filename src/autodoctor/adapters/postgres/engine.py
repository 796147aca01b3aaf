"""Connections to PostgreSQL."""

from typing import Any

import msgspec
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from autodoctor.adapters.postgres.cursor import BriefCursor
from autodoctor.adapters.postgres.discretion import keep_values_out

CONNECT_SECONDS = 5
STATEMENT_MILLISECONDS = 30_000


def _dumps(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def engine(url: str, *, connections: int = 16, check_first: bool = False) -> Engine:
    """A pool. `check_first` asks a connection whether it is alive before each use, for those
    who cannot hand an error to somebody who tries again."""
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
    return made
