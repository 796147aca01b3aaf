"""The sandbox's state in one SQLite file; a request is one transaction."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path

from autodoctor.adapters.embedded.stripe_sandbox.books import Books

FILE_NAME = "stripe_sandbox.sqlite3"
BUSY_SECONDS = 30


class Store:
    """Makes the file and its tables when they are missing."""

    def __init__(self, *, data_dir: Path, clock: Callable[[], float]) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self._path = data_dir / FILE_NAME
        self._clock = clock
        schema = resources.files(__package__).joinpath("schema.sql").read_text("utf-8")
        with closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(schema)

    @contextmanager
    def transaction(self) -> Iterator[Books]:
        """One writer at a time, so that what was read is still true when it is written."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Books(connection=connection, at=self._clock())
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        # A killed process loses nothing in WAL; only a power cut could lose the last moment.
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection
