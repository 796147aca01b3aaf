"""The supervisor: parts start in order, and start again when they die."""

import fcntl
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from autodoctor.entrypoints.embedded import LOOPBACK, Embedded
from autodoctor.entrypoints.supervisor.parts import application, foundation, stand_ins
from autodoctor.entrypoints.supervisor.service import Plan, Service, ServiceFailed

LOOK_EVERY_SECONDS = 0.1
STEADY_SECONDS = 1.0
PAUSE_MAX_SECONDS = 5.0
PARTS_END_SECONDS = 20.0

Say = Callable[[str], None]


class Interrupted(Exception):
    """Somebody ended it before everything had started."""


class Supervisor:
    def __init__(self, here: Embedded, *, say: Say) -> None:
        self._here = here
        self._say = _until_hung_up(say)
        self._services: list[Service] = []
        self._apart: list[Service] = []
        self._ending = threading.Event()

    def run(
        self,
        *,
        meanwhile: Callable[[], None],
        prepare: Callable[[], None],
        welcome: Callable[[], None],
    ) -> None:
        """Start everything, watch it until SIGINT, SIGTERM or SIGHUP, stop it all. Where SIGHUP
        is ignored (nohup), it stays ignored.

        `meanwhile` runs while the foundation starts and reads what our own parts are made of;
        `prepare` runs before the application starts, `welcome` when all is ready.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, lambda *_: self._ending.set())
        with only_one(self._here.settings.data):
            try:
                self._check_ports()
                self._start(foundation(self._here), meanwhile=meanwhile)
                self._start(stand_ins(self._here))
                self._timed("Database schema and demo data", prepare)
                self._apart = self._start(application(self._here))
                welcome()
                self._watch()
            except Interrupted:
                return
            finally:
                self._stop()

    @contextmanager
    def standing(self) -> Iterator[None]:
        """What the application stands on runs meanwhile, and nothing else: for commands that work
        on an installation which is stopped. Raises ServiceFailed while it runs."""
        with only_one(self._here.settings.data):
            try:
                self._check_ports()
                self._start(foundation(self._here))
                self._start(stand_ins(self._here))
                yield
            finally:
                self._stop()

    def _check_ports(self) -> None:
        """Parts whose supervisor was killed, and left their pid files, need a moment to end."""
        left_over = any((self._here.settings.data / "run").glob("*.pid"))
        deadline = time.monotonic() + (PARTS_END_SECONDS if left_over else 0)
        for name, port in vars(self._here.settings.ports).items():
            while (error := _taken(port)) is not None:
                self._check_ending()
                if time.monotonic() > deadline:
                    raise ServiceFailed(
                        f"Port {port} ({name}) is taken: {error}. Set PORT to another number; "
                        "the other ports follow from it."
                    )
                time.sleep(LOOK_EVERY_SECONDS)

    def _start(
        self, plans: Sequence[Plan], *, meanwhile: Callable[[], None] | None = None
    ) -> list[Service]:
        """All at once, then one after the other until each is ready."""
        began = time.monotonic()
        services = [Service(plan, folder=self._here.settings.data) for plan in plans]
        for service in services:
            self._services.append(service)
            service.start()
        if meanwhile is not None:
            meanwhile()
        for service in services:
            self._check_ending()
            service.wait_ready(check=self._check_ending)
            self._said(service.plan.title, began)
        return services

    def _timed(self, title: str, step: Callable[[], None]) -> None:
        began = time.monotonic()
        self._check_ending()
        step()
        self._said(title, began)

    def _said(self, title: str, began: float) -> None:
        self._say(f"  ✓ {title:<32} {time.monotonic() - began:5.1f} s")

    def _check_ending(self) -> None:
        if self._ending.is_set():
            raise Interrupted()

    def _watch(self) -> None:
        started = {service: time.monotonic() for service in self._services}
        pauses = dict.fromkeys(self._services, 0.0)
        while not self._ending.wait(LOOK_EVERY_SECONDS):
            for service in self._services:
                if service.running or self._ending.is_set():
                    continue
                steady = time.monotonic() - started[service] > STEADY_SECONDS
                pauses[service] = (
                    0.0 if steady else min(pauses[service] * 2 + 0.2, PAUSE_MAX_SECONDS)
                )
                self._say(f"  ! {service.plan.title} has ended; starting it again")
                self._ending.wait(pauses[service])
                self._restart(service)
                started[service] = time.monotonic()

    def _restart(self, service: Service) -> None:
        service.clear()
        try:
            service.start()
        except (OSError, RuntimeError) as error:
            self._say(f"  ! {service.plan.title}: {error}")

    def _stop(self) -> None:
        """The other way round: nobody loses what they stand on. Those of the application need
        nothing of each other to end."""
        for service in self._apart:
            service.ask()
        for service in reversed(self._services):
            service.stop()


def _taken(port: int) -> str | None:
    """Why nothing can listen there; None if something can."""
    try:
        socket.create_server((LOOPBACK, port)).close()
    except OSError as error:
        return os.strerror(error.errno) if error.errno else str(error)
    return None


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """One installation in a data folder: two would share its files."""
    with _lock_file(folder) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServiceFailed(
                f"autodoctor runs already with the data in {folder}. Stop it, or set DATA_DIR "
                "and PORT to run a second copy."
            ) from None
        yield


def _lock_file(folder: Path) -> IO[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / "lock").open("w")
    except OSError as error:
        raise ServiceFailed(
            f"The data folder {folder} cannot be written: {error.strerror}. Set DATA_DIR to a "
            "folder that can."
        ) from error


def _until_hung_up(say: Say) -> Say:
    """A closed terminal takes no more lines; what is going on must not end because of it."""

    def tolerant(line: str) -> None:
        with suppress(OSError):
            say(line)

    return tolerant
