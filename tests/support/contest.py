"""Many at once: everybody waits at a barrier, then goes."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def at_once(deeds: Sequence[Callable[[], Result]]) -> list[Result]:
    """Their results, in the order given. An exception of one is raised."""
    barrier = threading.Barrier(len(deeds))

    def go(deed: Callable[[], Result]) -> Result:
        barrier.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(go, deeds))
