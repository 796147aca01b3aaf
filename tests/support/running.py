"""A whole installation, started for tests on free ports and stopped afterwards."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Engine, text

from autodoctor.adapters.postgres.engine import engine
from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.settings import Settings
from autodoctor.entrypoints.supervisor.processes import end_with_parent
from support import plain
from support.prepared import fill
from support.waiting import until

PARTS = 6
START_SECONDS = 300.0
STOP_SECONDS = 90.0


def free_ports() -> int:
    """The first of six free ports in a row, each process looking elsewhere first, and below
    those that the system gives to outgoing connections."""
    low, high, step = 20_000, 32_700, 7
    places = (high - low) // step
    for number in range(places):
        first = low + (os.getpid() * 31 + number) % places * step
        if all(_free(port) for port in range(first, first + PARTS)):
            return first
    raise RuntimeError("No six ports in a row are free.")


def _free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


@contextmanager
def open_folder(name: str) -> Iterator[Path]:
    """A folder that the user who runs PostgreSQL can reach, gone afterwards. It is not in pytest's
    own base: every run that starts closes that one to all others again."""
    prefix = f"autodoctor-{name}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder


@contextmanager
def installation(name: str, *, prepared: bool = True, **environment: str) -> Iterator["Running"]:
    """Started, and stopped whatever happens, with everything that it has started. Unless it is
    prepared, it begins with an empty folder, as at everybody's first start."""
    with open_folder(name) as folder:
        if prepared:
            fill(folder)
        running = Running(folder, **environment)
        try:
            running.start()
            yield running
        finally:
            running.stop()


def left_behind(folder: Path) -> list[int]:
    """The processes that work for the installation in this folder: they write their log in it, or,
    as PostgreSQL's do, they work inside it."""
    processes = Path("/proc").glob("[0-9]*")
    return [int(each.name) for each in processes if _works_for(folder, each)]


def _works_for(folder: Path, process: Path) -> bool:
    try:
        places = [os.readlink(process / name) for name in ("fd/1", "cwd")]
    except OSError:
        return False
    return any(Path(place).is_relative_to(folder) for place in places)


class Running:
    """`autodoctor up` in a process of its own. `here` is the same installation, in-process."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_ports()
        given = {
            "PORT": str(self.port),
            "DATA_DIR": str(folder),
            "RATE_LIMITS": "false",
            "QUICK_PASSWORDS": "true",
            "PUBLIC_URL": f"http://localhost:{self.port}",
        }
        self.environment = os.environ | given | environment
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self.here = Installation(_settings(given | environment), connections=8)

    def start(self, *, seconds: float = START_SECONDS) -> None:
        """Raises RuntimeError, with the ends of its logs, when it is not healthy in time. It ends
        with whoever started it, also when they are killed."""
        command = [sys.executable, "-m", "autodoctor.entrypoints.cli", "up"]
        with (self.folder / "up.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=_as_from_a_terminal,  # noqa: PLW1509 - one thread
            )
        self.wait_healthy(seconds=seconds)

    def wait_healthy(self, *, seconds: float = START_SECONDS) -> None:
        assert self._process is not None
        started = self._process

        def healthy() -> bool:
            if started.poll() is not None:
                raise RuntimeError(f"It ended. {self._last_words()}")
            return self.healthy()

        try:
            until("it to be healthy", healthy, seconds=seconds)
        except AssertionError as late:
            raise RuntimeError(f"{late}. {self._last_words()}") from None

    def _last_words(self) -> str:
        logs = [self.folder / "up.log", *sorted(self.folder.glob("logs/*.log"))]
        return "\n".join(f"{log.name}: {log.read_text()[-1000:]}" for log in logs)

    def healthy(self) -> bool:
        try:
            return plain.get(f"{self.url}/api/health", timeout=10).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self) -> None:
        """Asks the supervisor, then ends what is left by force: a killed supervisor stops
        nothing."""
        self.here.close()
        if "_owner" in self.__dict__:
            self._owner.dispose()
        with suppress(subprocess.TimeoutExpired):
            self.ask(signal.SIGTERM)
        until("nothing to work for it", self._ends_what_is_left, seconds=STOP_SECONDS)
        if self._process is not None:
            self._process.wait(STOP_SECONDS)

    def _ends_what_is_left(self) -> bool:
        """What is being ended may have started something that was not seen yet."""
        left = left_behind(self.folder)
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return not left

    def ask(self, number: signal.Signals) -> int | None:
        """Sends the supervisor a signal and waits for its end: its exit code, None when it never
        started. Raises subprocess.TimeoutExpired."""
        if self._process is None:
            return None
        if self._process.poll() is None:
            self._process.send_signal(number)
        return self._process.wait(STOP_SECONDS)

    def pid(self, part: str) -> int:
        return int((self.folder / "run" / f"{part}.pid").read_text())

    def sandbox(self, action: str, **fields: Any) -> Any:
        url = f"{self.here.embedded.sandbox_url}/sandbox/control"
        answer = plain.post(url, json={"action": action, **fields}, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def client(self, **headers: str) -> httpx.Client:
        return plain.client(base_url=self.url, headers=headers)

    def sql(self, statement: str, **values: Any) -> list[Any]:
        """Runs as the tables' owner: to look at, or to take away, what guards."""
        with self._owner.begin() as connection:
            result = connection.execute(text(statement), values)
            return list(result.mappings()) if result.returns_rows else []

    @cached_property
    def _owner(self) -> Engine:
        """It looks first whether the database is still the same: some tests kill it."""
        return engine(self.here.owner_url, connections=4, check_first=True)


def _as_from_a_terminal() -> None:
    """Ends with its parent; whoever started the tests may have told them to ignore SIGHUP."""
    end_with_parent(signal.SIGTERM)()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def _settings(given: Mapping[str, str]) -> Settings:
    """Lists are JSON, as they are in the environment."""
    fields = {
        name.lower(): json.loads(value) if value.startswith("[") else value
        for name, value in given.items()
    }
    return Settings(**fields)
