"""An installation for the benchmarks: `autodoctor up` on free ports."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg

from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.settings import Settings

PARTS = 6
TO_DO = """SELECT EXISTS (SELECT FROM deliveries WHERE done_at IS NULL)
    OR EXISTS (SELECT FROM mails WHERE sent_at IS NULL AND given_up_at IS NULL)"""


def _free() -> int:
    """Below those that the system gives to outgoing connections."""
    for first in range(22_000, 32_700, 11):
        try:
            for port in range(first, first + PARTS):
                socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return first
    raise RuntimeError("No six ports in a row are free.")


class Running:
    def __init__(self, folder: Path, **variables: str) -> None:
        folder.chmod(0o755)
        self.port = _free()
        given = {"PORT": str(self.port), "DATA_DIR": str(folder), "RATE_LIMITS": "false"}
        self._environment = os.environ | given | variables
        self.here = Installation(
            Settings(port=self.port, data_dir=folder, rate_limits=False), connections=4
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds until `/api/health` answers 200."""
        began = time.perf_counter()
        command = [sys.executable, "-m", "autodoctor.entrypoints.cli", "up"]
        self._process = subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL)
        while not self._healthy():
            assert self._process.poll() is None, "autodoctor up has ended"
            time.sleep(0.02)
        return time.perf_counter() - began

    def _healthy(self) -> bool:
        url = f"http://127.0.0.1:{self.port}/api/health"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def load(self, kind: str, *, first: int, clients: int, each: int) -> tuple[float, float]:
        """Answers a second, and the median of the seconds that one took; of benchmarks.caller."""
        command = [sys.executable, "-m", "benchmarks.caller", kind, str(self.port)]
        command += [str(first), str(clients), str(each)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
        rate, middle = map(float, done.stdout.split())
        return rate, middle

    def settle(self, *, seconds: float = 300.0) -> float:
        """Waits until the worker has done what was to be done; how long that took."""
        began = time.perf_counter()
        while self._to_do():
            if time.perf_counter() - began > seconds:
                raise RuntimeError("The worker does not come to rest.")
            time.sleep(0.1)
        return time.perf_counter() - began

    def _to_do(self) -> bool:
        with psycopg.connect(self.here.owner_url) as connection:
            row = connection.execute(TO_DO).fetchone()
        assert row is not None
        return bool(row[0])

    def stop(self) -> None:
        self.here.close()
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)


def temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="autodoctor-bench-")
