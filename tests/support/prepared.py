"""A data folder whose database has its schema: made by the first test of a run that needs one, and
copied for all others. To make one takes as long as starting everything in it."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import attrs

from autodoctor.adapters.embedded.postgres import APP, OWNER, EmbeddedPostgres
from autodoctor.adapters.postgres import schema
from autodoctor.adapters.postgres.engine import engine
from autodoctor.entrypoints.embedded import Embedded
from autodoctor.entrypoints.settings import Settings
from support.places import PREPARED
from support.postgres import free_port, started


def fill(folder: Path) -> None:
    """An empty folder, with the database and the secrets that open it."""
    # Python's own copy would give all of it to whoever copies.
    subprocess.run(["cp", "-a", f"{_made()}/.", str(folder)], check=True)


def cluster_in(folder: Path) -> EmbeddedPostgres:
    """That of the folder, on a port of its own."""
    return attrs.evolve(Embedded(Settings(data_dir=folder)).postgres, port=free_port())


def _made() -> Path:
    place = Path(os.environ[PREPARED])
    data, ready = place / "data", place / "ready"
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            shutil.rmtree(data, ignore_errors=True)
            data.mkdir(mode=0o755)
            _make(data)
            ready.touch()
    return data


def _make(data: Path) -> None:
    server = cluster_in(data)
    server.prepare()
    with started(server):
        server.make_database()
        owner = engine(server.url(OWNER), connections=1)
        try:
            schema.upgrade(owner, app_role=APP)
        finally:
            owner.dispose()
