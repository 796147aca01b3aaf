"""Loops that end together. One that fails says so, waits a little and goes on: what it does
is in PostgreSQL, and a part that is down comes back."""

import threading
from collections.abc import Callable
from typing import Final

import structlog

from autodoctor.domain.shared.errors import Refusal

log = structlog.get_logger(__name__)

AFTER_A_FAILURE_SECONDS: Final = 1.0


class Alarm:
    """Wakes a loop before its time."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def ring(self) -> None:
        self._event.set()

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)
        self._event.clear()


class Loops:
    def __init__(self) -> None:
        self.ending = threading.Event()
        self._threads: list[threading.Thread] = []
        self._alarms: list[Alarm] = []

    def add(self, name: str, step: Callable[[], bool], *, every_seconds: float) -> Alarm:
        """`step` says whether there may be more to do right away."""
        alarm = Alarm()
        arguments = (name, step, alarm, every_seconds)
        thread = threading.Thread(target=self._run, args=arguments, name=name, daemon=True)
        self._threads.append(thread)
        self._alarms.append(alarm)
        return alarm

    def _run(self, name: str, step: Callable[[], bool], alarm: Alarm, every_seconds: float) -> None:
        while not self.ending.is_set():
            if not self._step(name, step):
                alarm.wait(every_seconds)

    def _step(self, name: str, step: Callable[[], bool]) -> bool:
        try:
            return step()
        except Refusal as refusal:
            log.warning("loop.refused", loop=name, why=str(refusal))
        except Exception:
            log.exception("loop.broken", loop=name)
        self.ending.wait(AFTER_A_FAILURE_SECONDS)
        return False

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, *, seconds: float) -> None:
        self.ending.set()
        for alarm in self._alarms:
            alarm.ring()
        for thread in self._threads:
            thread.join(seconds)
