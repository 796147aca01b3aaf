"""Something else happens in the middle of a use case, at a place where it asks for the time."""

from collections.abc import Callable
from datetime import datetime
from threading import Thread
from typing import Final
from uuid import uuid4

import attrs
from sqlalchemy import text

from autodoctor.ports.clock import Clock
from support.postgres import Database
from support.waiting import until

PATIENCE_SECONDS: Final = 120.0
_WAITING: Final = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


class RandomIds:
    """For tests that share a database."""

    new = staticmethod(uuid4)


@attrs.frozen
class Interrupted:
    """A clock: whoever asks it for the first time does so in the middle of something."""

    inner: Clock
    interrupt: Callable[[], object]
    _done: list[bool] = attrs.field(factory=list)

    def now(self) -> datetime:
        if not self._done:
            self._done.append(True)
            self.interrupt()
        return self.inner.now()


def begin(database: Database, other: Thread) -> bool:
    """Whether it is done already; if not, it waits for a lock."""
    other.start()
    until("it to be done, or to wait", lambda: not other.is_alive() or _somebody_waits(database))
    return not other.is_alive()


def finish(other: Thread) -> None:
    other.join(PATIENCE_SECONDS)
    assert not other.is_alive()


def _somebody_waits(database: Database) -> bool:
    with database.app.connect() as connection:
        return bool(connection.execute(_WAITING).scalar_one())
