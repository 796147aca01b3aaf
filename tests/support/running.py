"""A whole installation, started for tests on free ports and stopped afterwards."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.settings import Settings

PARTS = 6
START_SECONDS = 60.0


def free_ports() -> int:
    """The first of six free ports in a row."""
    for first in range(20_000 + os.getpid() % 2000 * 7, 60_000, 7):
        if all(_free(port) for port in range(first, first + PARTS)):
            return first
    raise RuntimeError("No six ports in a row are free.")


def _free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def open_folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """A temporary folder that the user who runs PostgreSQL can reach."""
    folder = factory.mktemp(name)
    base = Path(tempfile.gettempdir())
    for each in (folder, *folder.parents):
        if each.is_relative_to(base) and each != base:
            each.chmod(each.stat().st_mode | 0o055)
    return folder


class Running:
    """`autodoctor up` in a process of its own. `here` is the same installation, in-process."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_ports()
        given = {
            "PORT": str(self.port),
            "DATA_DIR": str(folder),
            "RATE_LIMITS": "false",
            "PUBLIC_URL": f"http://localhost:{self.port}",
        }
        self.environment = os.environ | given | environment
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self.here = Installation(_settings(given | environment), connections=8)

    def start(self) -> None:
        command = [sys.executable, "-m", "autodoctor.entrypoints.cli", "up"]
        with (self.folder / "up.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        self.wait_healthy()

    def wait_healthy(self, *, seconds: float = START_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while not self.healthy():
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "up.log").read_text()[-2000:])
            time.sleep(0.1)

    def healthy(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self) -> None:
        self.here.close()
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)

    def pid(self, part: str) -> int:
        return int((self.folder / "run" / f"{part}.pid").read_text())

    def sandbox(self, action: str, **fields: Any) -> Any:
        url = f"{self.here.embedded.sandbox_url}/sandbox/control"
        answer = httpx.post(url, json={"action": action, **fields}, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def client(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=20, headers=headers)

    def sql(self, statement: str, **values: Any) -> list[Any]:
        """Runs as the tables' owner: to look at, or to take away, what guards."""
        from sqlalchemy import create_engine, text

        url = self.here.owner_url.replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url)
        try:
            with engine.begin() as connection:
                result = connection.execute(text(statement), values)
                return list(result.mappings()) if result.returns_rows else []
        finally:
            engine.dispose()


def _settings(given: Mapping[str, str]) -> Settings:
    fields = {name.lower(): value for name, value in given.items()}
    return Settings(**fields)  # type: ignore[arg-type]
