"""A thousand open streams, and a message to all of them: how long until each has it."""

import asyncio
import re
import time
from typing import Final

from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.operations import MECHANICS
from benchmarks.running import Running
from benchmarks.table import Measured, percentile

STREAMS = 1000
MESSAGES = 10
PATIENCE = 30.0
"""Seconds after which a message counts as lost."""
NUMBER: Final = re.compile(rb'"number": ?(\d+)')

Arrivals = dict[int, list[float]]


class Stream(asyncio.Protocol):
    """An open stream, read as cheaply as can be: it is the server that is measured."""

    def __init__(self, number: int, opened: asyncio.Queue[int], arrivals: Arrivals) -> None:
        self._head = (
            f"GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: autodoctor_login=bench-{number}\r\n\r\n"
        ).encode()
        self._number = number
        self._opened = opened
        self._arrivals = arrivals
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._head)

    def data_received(self, data: bytes) -> None:
        *whole, self._rest = (self._rest + data).split(b"\n\n")
        for message in whole:
            if b"event: bench" in message:
                found = NUMBER.search(message)
                assert found is not None, message
                self._arrivals[int(found[1])].append(time.perf_counter())
            elif b"event: hello" in message:
                self._opened.put_nowait(self._number)


def _network(number: int) -> str:
    """A hundred people share an address: a network has its limit."""
    return f"127.0.1.{1 + number // 100}"


async def _run(running: Running, first: int) -> list[float]:
    """Seconds from before the commit until it was read, for all that came within PATIENCE."""
    port = running.here.settings.ports.realtime
    loop = asyncio.get_running_loop()
    opened: asyncio.Queue[int] = asyncio.Queue()
    arrivals: Arrivals = {number: [] for number in range(MESSAGES)}
    transports = []
    for start in range(0, STREAMS, 50):
        for number in range(first + start, first + start + 50):
            stream = Stream(number, opened, arrivals)
            transport, _ = await loop.create_connection(
                lambda it=stream: it, "127.0.0.1", port, local_addr=(_network(number - first), 0)
            )
            transports.append(transport)
        for _ in range(50):
            await asyncio.wait_for(opened.get(), 30)
    sent = {}
    for number in range(MESSAGES):
        sent[number] = time.perf_counter()
        await asyncio.to_thread(_tell, running, number)
        deadline = time.perf_counter() + PATIENCE
        while len(arrivals[number]) < STREAMS and time.perf_counter() < deadline:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.2)
    for transport in transports:
        transport.close()
    return [arrival - sent[number] for number in arrivals for arrival in arrivals[number]]


def _tell(running: Running, number: int) -> None:
    with running.here.transactions(SYSTEM) as tx:
        tx.live.tell(MECHANICS, "bench", {"number": number})


def measure(running: Running, first: int) -> list[Measured]:
    behind = running.settle()
    delays = asyncio.run(_run(running, first))
    p50, p99 = percentile(delays, 0.5) * 1000, percentile(delays, 0.99) * 1000
    arrived, everyone = len(delays), STREAMS * MESSAGES
    how = (
        f"p50 {p50:.0f} ms from before the commit; {arrived} of {everyone} arrived; "
        f"the worker needed {behind:.0f} s more for the accepts before"
    )
    good = p99 <= 100 and arrived == everyone
    return [Measured("message to 1,000 streams", f"{p99:.0f} ms", "p99 ≤ 100 ms", good, how)]
