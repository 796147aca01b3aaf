"""A PostgreSQL of the tests' own: one cluster, and databases copied from the one in it."""

import secrets
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
import psycopg
from psycopg import sql
from sqlalchemy import Engine

from autodoctor.adapters.embedded import system_user
from autodoctor.adapters.embedded.postgres import APP, DATABASE, OWNER, SUPERUSER, EmbeddedPostgres
from autodoctor.adapters.postgres.engine import engine
from autodoctor.adapters.postgres.queries.all import PostgresQueries
from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.application.operations.watched import watch


@attrs.frozen
class Database:
    """`app` is the role that runs the application, `owner` the one that owns the tables."""

    name: str
    app: Engine
    owner: Engine

    @property
    def transactions(self) -> PostgresTransactions:
        return PostgresTransactions(self.app, routes=ROUTES, watch=watch)

    @property
    def queries(self) -> PostgresQueries:
        return PostgresQueries(self.app)


@attrs.frozen
class Cluster:
    """`superuser` makes databases and takes them away, over one connection for all."""

    server: EmbeddedPostgres
    superuser: psycopg.Connection

    @contextmanager
    def database(self, *, template: str | None = DATABASE) -> Iterator[Database]:
        """A new database, dropped afterwards; without a template it is empty."""
        name = f"test_{secrets.token_hex(6)}"
        self._create(name, template or "template1")
        owner = engine(self.server.url(OWNER, name), connections=4)
        app = engine(self.server.url(APP, name), connections=16)
        try:
            yield Database(name, app, owner)
        finally:
            app.dispose()
            owner.dispose()
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _create(self, name: str, template: str) -> None:
        self._run(
            "CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY", name, template, OWNER
        )

    def _run(self, statement: str, *names: str) -> None:
        self.superuser.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running(server: EmbeddedPostgres) -> Iterator[Cluster]:
    """What is in its folder already, started and stopped afterwards."""
    server.prepare()
    with (
        started(server),
        psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as superuser,
    ):
        yield Cluster(server, superuser)


@contextmanager
def started(server: EmbeddedPostgres) -> Iterator[None]:
    """It does not wait for the disk: what a power cut would lose is a test's."""
    with (server.folder / "postgres.log").open("ab") as log:
        process = subprocess.Popen(
            [*server.command(), "--fsync=off", "--shared_buffers=32MB"],
            user=system_user.run_as(),
            cwd="/",
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        server.wait()
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        finally:
            process.kill()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
