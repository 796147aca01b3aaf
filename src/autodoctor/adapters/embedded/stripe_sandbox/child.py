"""A sandbox in a child process, for as long as somebody needs one."""

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

import httpx

_PROGRAM = """
import json, pathlib, sys
from autodoctor.adapters.embedded.stripe_sandbox.serve import serve
options = json.load(sys.stdin)
serve(**options | {"data_dir": pathlib.Path(options["data_dir"])})
"""
START_SECONDS_MAX = 20
STOP_SECONDS_MAX = 10


class SandboxDidNotStart(Exception):
    """The child process ended, or did not answer in time."""


class SandboxCommandRefused(Exception):
    """The control route said no; its answer is the message."""


class SandboxChild:
    """Listens on a free port of 127.0.0.1, the same one after every start."""

    def __init__(
        self,
        *,
        data_dir: Path,
        webhook_url: str,
        webhook_secret: str,
        api_key: str,
        retry_seconds: tuple[float, ...] | None = None,
    ) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._options: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": self.port,
            "data_dir": str(data_dir),
            "webhook_url": webhook_url,
            "webhook_secret": webhook_secret,
            "api_key": api_key,
        }
        if retry_seconds is not None:
            self._options["retry_seconds"] = retry_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._client = httpx.Client(base_url=self.url, trust_env=False, timeout=10)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()
        self._client.close()

    def start(self) -> None:
        """Returns as soon as it answers."""
        self._process = subprocess.Popen([sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE)
        assert self._process.stdin is not None
        with self._process.stdin as options:
            options.write(json.dumps(self._options).encode())
        patience = time.monotonic() + START_SECONDS_MAX
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > patience:
                self.stop()
                raise SandboxDidNotStart
            time.sleep(0.02)

    def stop(self) -> None:
        """Lets it finish what it is doing."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """At once, whatever it is doing."""
        self._end(signal.SIGKILL)

    def command(self, action: str, **fields: object) -> dict[str, Any]:
        """Asks the control route; see there for actions and fields."""
        answer = self._client.post("/sandbox/control", json={"action": action, **fields})
        if answer.is_error:
            raise SandboxCommandRefused(answer.text)
        result: dict[str, Any] = answer.json()
        return result

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(number)
        try:
            self._process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
