"""The two kinds of processes that are supervised: programs of others, and forks that run a part
of ours. A fork starts with everything that its parent has read; five interpreters that each
read it for themselves needed three times the processor.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NoReturn, Protocol

import attrs

STOPPING: Final = (signal.SIGINT, signal.SIGTERM)
LOOK_EVERY_SECONDS: Final = 0.01

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NAME: Final = 15
_LIBC: Final = ctypes.CDLL(None, use_errno=True)


class Process(Protocol):
    """As subprocess.Popen has it."""

    pid: int

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int:
        """Raises subprocess.TimeoutExpired."""
        ...


@attrs.frozen(kw_only=True)
class Surroundings:
    """What a process finds when it begins."""

    name: str
    log: Path
    environment: Mapping[str, str]
    stop_signal: signal.Signals


def end_with_parent(stop_signal: int) -> Callable[[], None]:
    """Linux tells the child when its parent dies, however it dies."""

    def ask() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, stop_signal)

    return ask


def run(command: list[str], found: Surroundings, *, user: str | None) -> Process:
    with found.log.open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=found.environment,
            cwd="/",
            user=user,
            start_new_session=True,
            preexec_fn=end_with_parent(found.stop_signal),  # noqa: PLW1509 - one thread
        )


def fork(part: Callable[[], None], found: Surroundings) -> Process:
    """Only ever from a process of one thread. A signal that comes in between waits until the
    child has handlers of its own. Returns when the child stands by itself: it closes all that
    it has inherited, the pipe that is read here with it."""
    heard, inherited = os.pipe()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    pid = os.fork()
    if pid == 0:
        _live(part, found)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(inherited)
    os.read(heard, 1)
    os.close(heard)
    return Forked(found.name, pid)


def _live(part: Callable[[], None], found: Surroundings) -> NoReturn:
    code = 1
    try:
        _settle(found)
        part()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:  # noqa: BLE001 - nothing above it is the child's
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _settle(found: Surroundings) -> None:
    """As a program of its own would begin, keeping nothing that the parent has open."""
    os.setsid()
    end_with_parent(found.stop_signal)()
    _LIBC.prctl(_PR_SET_NAME, f"ad-{found.name}".encode()[:15])
    os.chdir("/")
    log = os.open(found.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for number, opened in enumerate((os.open(os.devnull, os.O_RDONLY), log, log)):
        os.dup2(opened, number)
    os.environ.clear()
    os.environ.update(found.environment)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))


@attrs.define
class Forked:
    """A child of this process."""

    name: str
    pid: int
    _ended: int | None = None

    def poll(self) -> int | None:
        if self._ended is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._ended = os.waitstatus_to_exitcode(status)
        return self._ended

    def wait(self, timeout: float | None = None) -> int:
        deadline = None if timeout is None else time.monotonic() + timeout
        while (ended := self.poll()) is None:
            if timeout is not None and deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(self.name, timeout)
            time.sleep(LOOK_EVERY_SECONDS)
        return ended
