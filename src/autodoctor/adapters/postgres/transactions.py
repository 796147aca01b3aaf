"""One unit of work in PostgreSQL: all or nothing, and again when others were in its way."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

import attrs
from psycopg.errors import (
    DeadlockDetected,
    IdleInTransactionSessionTimeout,
    SerializationFailure,
    TransactionTimeout,
)
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, InterfaceError, InternalError, OperationalError

from autodoctor.adapters.postgres.constraints import meaning
from autodoctor.adapters.postgres.operations import (
    Routes,
)
from autodoctor.adapters.postgres.rows import Guards
from autodoctor.adapters.postgres.stores import PostgresTransaction
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Unavailable
from autodoctor.domain.shared.origin import NOWHERE, Origin
from autodoctor.ports.answers import Known
from autodoctor.ports.security_log import Watch, unwatched
from autodoctor.ports.transactions import Contended


class DatabaseUnavailable(Unavailable):
    """The database does not answer; nothing was changed. Try again shortly."""


S = TypeVar("S")

ATTEMPTS_MAX: Final = 4
WAIT_SECONDS: Final = 0.02
"""The most before the second attempt; twice as long before each one after it."""

OPEN_TOO_LONG: Final = (TransactionTimeout, IdleInTransactionSessionTimeout)

_this_thread = threading.local()


def _commits() -> int:
    """How many this thread has made."""
    count: int = getattr(_this_thread, "commits", 0)
    return count


def _refusal(error: OperationalError | InterfaceError) -> Unavailable:
    contended = (DeadlockDetected, SerializationFailure)
    return Contended() if isinstance(error.orig, contended) else DatabaseUnavailable()


def _nobody(_topics: frozenset[str]) -> None:
    """Nobody waits to be woken: they look by themselves."""


@attrs.frozen
class PostgresTransactions:
    """`after_commit` is told which of "outbox", "live" and "mail" were written to, when that
    is committed; it must not raise. `watch` says which events are written to the security log,
    too."""

    engine: Engine
    routes: Routes = attrs.field(factory=dict)
    guards: Guards = Guards()
    after_commit: Callable[[frozenset[str]], None] = _nobody
    held: Known | None = None
    watch: Watch = unwatched
    origin: Origin = NOWHERE

    def under(self, held: Known, /) -> "PostgresTransactions":
        return attrs.evolve(self, held=held)

    def outside_key(self) -> "PostgresTransactions":
        return attrs.evolve(self, held=None)

    def from_origin(self, origin: Origin, /) -> "PostgresTransactions":
        return attrs.evolve(self, origin=origin)

    def again(self, work: Callable[[], S], /) -> S:
        for attempt in range(ATTEMPTS_MAX):
            before = _commits()
            try:
                return work()
            except Contended:
                if attempt + 1 == ATTEMPTS_MAX or _commits() != before:
                    raise
            time.sleep(random.uniform(0, WAIT_SECONDS * 2**attempt))  # noqa: S311 - only to part those who met
        raise AssertionError("the last attempt returns or raises")

    @contextmanager
    def __call__(self, actor: Actor, /) -> Iterator[PostgresTransaction]:
        woken: set[str] = set()
        try:
            with self.engine.begin() as connection:
                tx = PostgresTransaction(
                    connection,
                    actor=actor,
                    guards=self.guards,
                    routes=self.routes,
                    wake=woken.add,
                    watch=self.watch,
                    origin=self.origin,
                )
                yield tx
                tx.finish()
                if self.held is not None:
                    tx.answers.perform(self.held)
        except (OperationalError, InterfaceError) as error:
            raise _refusal(error) from error
        except InternalError as error:
            if isinstance(error.orig, OPEN_TOO_LONG):
                raise DatabaseUnavailable() from error
            raise
        except IntegrityError as error:
            raise meaning(error) from None
        _this_thread.commits = _commits() + 1
        if woken:
            self.after_commit(frozenset(woken))
