"""A PostgreSQL of the tests' own: one cluster, and databases copied from a template."""

import secrets
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import psycopg
from psycopg import sql
from sqlalchemy import Engine

from autodoctor.adapters.embedded import system_user
from autodoctor.adapters.embedded.postgres import APP, OWNER, SUPERUSER, EmbeddedPostgres
from autodoctor.adapters.postgres import schema
from autodoctor.adapters.postgres.engine import engine
from autodoctor.adapters.postgres.queries.all import PostgresQueries
from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.application.notifications.routes import ROUTES

TEMPLATE = "template_autodoctor"


@attrs.frozen
class Database:
    """`app` is the role that runs the application, `owner` the one that owns the tables."""

    name: str
    app: Engine
    owner: Engine

    @property
    def transactions(self) -> PostgresTransactions:
        return PostgresTransactions(self.app, routes=ROUTES)

    @property
    def queries(self) -> PostgresQueries:
        return PostgresQueries(self.app)


@attrs.frozen
class Cluster:
    """`superuser` makes databases and takes them away, over one connection for all."""

    server: EmbeddedPostgres
    superuser: psycopg.Connection

    @contextmanager
    def database(self, *, template: str | None = TEMPLATE) -> Iterator[Database]:
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

    def make_template(self) -> None:
        self.server.make_database(TEMPLATE)
        owner = engine(self.server.url(OWNER, TEMPLATE), connections=1)
        try:
            schema.upgrade(owner, app_role=APP)
        finally:
            owner.dispose()

    def _create(self, name: str, template: str) -> None:
        self._run(
            "CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY", name, template, OWNER
        )

    def _run(self, statement: str, *names: str) -> None:
        self.superuser.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running(folder: Path) -> Iterator[Cluster]:
    """Started in `folder`, whose parents everybody can pass, and stopped afterwards. It does
    not wait for the disk: what a power cut would lose is a test's."""
    server = EmbeddedPostgres(folder, _free_port(), secrets.token_hex(8))
    server.prepare()
    with (folder / "postgres.log").open("ab") as log:
        process = subprocess.Popen(
            [*server.command(), "--fsync=off", "--shared_buffers=32MB"],
            user=system_user.run_as(),
            cwd="/",
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        server.wait()
        with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as superuser:
            cluster = Cluster(server, superuser)
            cluster.make_template()
            yield cluster
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        finally:
            process.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
