"""One supervised process: in a group of its own, so that nothing of it survives it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import attrs

from autodoctor.entrypoints.supervisor.processes import Process, Surroundings, fork, run


class ServiceFailed(RuntimeError):
    """A service ended, or was not ready in time, while the installation was starting."""


@attrs.frozen(kw_only=True)
class Plan:
    """How to run a service: the command of a program, or a part of ours. `prepare` runs before
    every start, `ready` says when it answers; `stop_signal` ends it cleanly."""

    name: str
    title: str
    runs: list[str] | Callable[[], None]
    environment: dict[str, str]
    ready: Callable[[], bool]
    prepare: Callable[[], None] | None = None
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    ready_seconds: float = 120.0


class Service:
    def __init__(self, plan: Plan, *, folder: Path) -> None:
        self.plan = plan
        self.log = folder / "logs" / f"{plan.name}.log"
        self.pid_file = folder / "run" / f"{plan.name}.pid"
        self._process: Process | None = None

    def start(self) -> None:
        if self.plan.prepare is not None:
            self.plan.prepare()
        for parent in (self.log.parent, self.pid_file.parent):
            parent.mkdir(parents=True, exist_ok=True)
        found = Surroundings(
            name=self.plan.name,
            log=self.log,
            environment=self.plan.environment,
            stop_signal=self.plan.stop_signal,
        )
        runs = self.plan.runs
        if callable(runs):
            self._process = fork(runs, found)
        else:
            self._process = run(runs, found, user=self.plan.user)
        self.pid_file.write_text(str(self._process.pid), encoding="ascii")

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def wait_ready(self, *, check: Callable[[], None]) -> None:
        """`check` is called again and again meanwhile, and may raise. Raises ServiceFailed."""
        deadline = time.monotonic() + self.plan.ready_seconds
        while not self.plan.ready():
            check()
            if not self.running:
                raise ServiceFailed(f"{self.plan.title} ended at once. {self._last_words()}")
            if time.monotonic() > deadline:
                raise ServiceFailed(f"{self.plan.title} does not answer. {self._last_words()}")
            time.sleep(0.03)

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
        return f"See {self.log}, which ends:\n  " + "\n  ".join(lines)

    def ask(self) -> None:
        """To stop; it may take its time."""
        if self.running:
            self._signal(self.plan.stop_signal)

    def stop(self, *, seconds: float = 10.0) -> None:
        """Ask, wait, insist; then end whatever is left of its group."""
        if self._process is None:
            return
        if self.running:
            self.ask()
            try:
                self._process.wait(seconds)
            except subprocess.TimeoutExpired:
                self._signal(signal.SIGKILL)
                self._process.wait()
        self.clear()
        self.pid_file.unlink(missing_ok=True)

    def clear(self) -> None:
        """End what a killed process left behind in its group."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None, "only a started service is signalled"
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return
