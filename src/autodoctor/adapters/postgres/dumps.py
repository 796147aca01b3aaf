"""The whole database as one file, by PostgreSQL's own pg_dump and pg_restore."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import attrs
from sqlalchemy import URL, Engine, make_url, text

ALL_ROWS: Final = "-c autodoctor.role=system -c statement_timeout=0"
"""Chat, files and reports are guarded from their owner, too: as the system's role it reads them
all."""

_OTHERS: Final = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_VERSION: Final = re.compile(r"(\d+)\.")


class DumpFailed(RuntimeError):
    """PostgreSQL's program said no, in its own words; or there is none that fits the server."""


@attrs.frozen
class Dumps:
    """Dumps of the database at `url`, made and read as the role that owns its tables. `folders`
    are where PostgreSQL's programs are looked for besides PATH."""

    url: str = attrs.field(repr=False)
    engine: Engine
    folders: tuple[Path, ...] = ()

    def make(self, target: Path) -> None:
        """All tables as they are at one moment; people can go on meanwhile. Raises DumpFailed."""
        options = ["--format=custom", "--no-owner", "--no-privileges", "--enable-row-security"]
        self._run("pg_dump", [*options, f"--file={target}"])

    def check(self, source: Path) -> None:
        """Raises DumpFailed for a file that is no dump."""
        self._run("pg_restore", ["--list", str(source)], connected=False)

    def load(self, source: Path) -> None:
        """Into an empty database, all or nothing. Raises DumpFailed."""
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        self._run("pg_restore", [*options, f"--dbname={self._name}", str(source)])

    def clear(self) -> None:
        """Everything that the owner has in this database is gone."""
        with self.engine.begin() as connection:
            connection.execute(text("DROP OWNED BY CURRENT_USER"))

    def others(self) -> int:
        """How many other connections the database has."""
        with self.engine.connect() as connection:
            return int(connection.execute(_OTHERS).scalar_one())

    @property
    def _name(self) -> str:
        return make_url(self.url).database or ""

    def _run(self, program: str, options: Iterable[str], *, connected: bool = True) -> None:
        command = [str(self._program(program)), *options]
        if program == "pg_dump":
            command.append(self._name)
        surroundings = _connection(make_url(self.url)) if connected else {}
        done = subprocess.run(
            command,
            env=os.environ | surroundings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise DumpFailed(f"{program} failed: {done.stderr.strip()}")

    def _program(self, name: str) -> Path:
        """Of the server's version, or the next newer one: an older one cannot read it, and what
        much newer ones write is not understood by the server."""
        with self.engine.connect() as connection:
            number = connection.execute(text("SHOW server_version_num")).scalar_one()
        server = int(number) // 10_000
        found = {_major(path): path for path in self._candidates(name)}
        fitting = [version for version in found if version >= server]
        if not fitting:
            raise DumpFailed(f"Install PostgreSQL's {name}, version {server} or newer.")
        return found[min(fitting)]

    def _candidates(self, name: str) -> Iterable[Path]:
        on_path = shutil.which(name)
        versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
        places = [*(folder / name for folder in self.folders), *versions]
        if on_path:
            places.append(Path(on_path))
        return (place for place in places if os.access(place, os.X_OK))


def _major(program: Path) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    version = _VERSION.search(told.stdout)
    return int(version.group(1)) if version else 0


def _connection(url: URL) -> dict[str, str]:
    """Where the program connects to: not among its arguments, which everybody on the machine can
    read."""
    query = {key: value for key, value in url.query.items() if isinstance(value, str)}
    given = {
        "PGHOST": url.host or query.get("host", ""),
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGSSLMODE": query.get("sslmode", ""),
        "PGSSLROOTCERT": query.get("sslrootcert", ""),
        "PGOPTIONS": ALL_ROWS,
    }
    return {name: value for name, value in given.items() if value}
