"""Files are looked at in processes of their own: a few at once, each with little time and memory.

A file of a few kilobytes can keep a decoder busy for as long as it likes. Here it runs into its
limit, is refused, and nobody else has waited for it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any, BinaryIO, Final

import structlog

from autodoctor.adapters.storage.inspect import counted, measured
from autodoctor.adapters.storage.scratch import on_disk
from autodoctor.ports.files import Accepted, FileNotAcceptable, InspectionBusy

log = structlog.get_logger(__name__)

MODULE: Final = "autodoctor.adapters.storage.inspecting"
TOO_MUCH: Final = (
    "The file takes too much time or memory to look at. Save it anew, smaller or with another "
    "program, and send that."
)


class IsolatedInspector:
    """`cpu_seconds` and `memory_bytes` (of address space) are of each process. Beside the files
    `at_once`, so many are `waiting`, for at most `wait_seconds`; whoever sends another one is asked
    to come back at once: each that waits occupies a thread of the web."""

    def __init__(
        self,
        *,
        at_once: int = 2,
        waiting: int = 3,
        wait_seconds: float = 10.0,
        cpu_seconds: int = 8,
        wall_seconds: float = 30.0,
        memory_bytes: int = 1536 * 1024 * 1024,
    ) -> None:
        self._room = BoundedSemaphore(at_once + waiting)
        self._turns = BoundedSemaphore(at_once)
        self._wait_seconds = wait_seconds
        self._wall_seconds = wall_seconds
        self._limits = (str(cpu_seconds), str(memory_bytes))

    def accept(self, content: BinaryIO, /, *, announced: str, size_bytes_max: int) -> Accepted:
        """As `ContentInspector`; raises InspectionBusy besides."""
        copy = counted(content, size_bytes_max, into=on_disk())
        result = on_disk()
        try:
            with self._turn():
                verdict = self._ask(copy, result, announced)
            if "reason" in verdict:
                raise FileNotAcceptable(verdict["reason"])
        except BaseException:
            copy.close()
            result.close()
            raise
        kept, other = (result, copy) if verdict["changed"] else (copy, result)
        other.close()
        return measured(kept, announced)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with _held(self._room, seconds=0), _held(self._turns, seconds=self._wait_seconds):
            yield

    def _ask(self, copy: BinaryIO, result: BinaryIO, announced: str) -> dict[str, Any]:
        copy.flush()
        copy.seek(0)
        number = result.fileno()
        try:
            asked = subprocess.run(
                [sys.executable, "-m", MODULE, announced, str(number), *self._limits],
                stdin=copy,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(number,),
                timeout=self._wall_seconds,
                check=True,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as fault:
            log.warning("file.too_much", kind=announced, why=type(fault).__name__)
            raise FileNotAcceptable(TOO_MUCH) from None
        verdict: dict[str, Any] = json.loads(asked.stdout)
        return verdict


@contextmanager
def _held(places: BoundedSemaphore, *, seconds: float) -> Iterator[None]:
    if not places.acquire(timeout=seconds):
        raise InspectionBusy()
    try:
        yield
    finally:
        places.release()
