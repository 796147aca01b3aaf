"""A PostgreSQL of the benchmarks' own, with the schema in it."""

import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autodoctor.adapters.embedded import system_user
from autodoctor.adapters.embedded.postgres import APP, OWNER, EmbeddedPostgres
from autodoctor.adapters.postgres import schema
from autodoctor.adapters.postgres.engine import engine


@contextmanager
def cluster() -> Iterator[EmbeddedPostgres]:
    with tempfile.TemporaryDirectory(prefix="autodoctor-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres = EmbeddedPostgres(folder / "postgres", _free_port(), "bench")
        postgres.prepare()
        process = subprocess.Popen(
            postgres.command(),
            user=system_user.run_as(),
            cwd="/",
            stderr=subprocess.DEVNULL,
        )
        try:
            postgres.wait()
            postgres.make_database()
            owner = engine(postgres.url(OWNER), connections=1)
            schema.upgrade(owner, app_role=APP)
            owner.dispose()
            yield postgres
        finally:
            process.send_signal(2)
            process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
