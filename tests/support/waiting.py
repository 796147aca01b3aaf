"""Waiting for what is to happen. Nothing else in the tests may sleep (tools/waits.py)."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

PATIENCE_SECONDS = 120.0
EVERY_SECONDS = 0.02

Found = TypeVar("Found")


def until(what: str, ask: Callable[[], Found], *, seconds: float = PATIENCE_SECONDS) -> Found:
    """What `ask` answers, once it is something."""
    deadline = time.monotonic() + seconds
    while True:
        found = ask()
        if found:
            return found
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {what}"
        time.sleep(EVERY_SECONDS)


async def eventually(
    what: str, ask: Callable[[], Awaitable[Found]], *, seconds: float = PATIENCE_SECONDS
) -> Found:
    """As `until`, where others go on meanwhile."""
    deadline = time.monotonic() + seconds
    while True:
        found = await ask()
        if found:
            return found
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {what}"
        await asyncio.sleep(EVERY_SECONDS)


def ready(what: str, connect: Callable[[], Found], *refused: type[Exception]) -> Found:
    """What `connect` answers, once it does without one of these exceptions."""

    def done() -> tuple[Found, ...]:
        try:
            return (connect(),)
        except refused:
            return ()

    (answer,) = until(what, done)
    return answer


def let_pass(seconds: float) -> None:
    """Lets time pass where that is the thing itself: work that takes time, an instant at which
    something is killed, a server that says when to come back. Never to wait for something."""
    time.sleep(seconds)
