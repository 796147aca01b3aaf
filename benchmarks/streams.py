"""A thousand open streams, and a message to all of them: how long until each has it."""

import asyncio
import time

from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.operations import MECHANICS
from benchmarks.running import Running
from benchmarks.table import Measured, percentile

STREAMS = 1000
MESSAGES = 10


class Stream(asyncio.Protocol):
    """An open stream, read as cheaply as can be: it is the server that is measured."""

    def __init__(self, number: int, opened: asyncio.Queue[int], arrivals: list[float]) -> None:
        self._head = (
            f"GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: autodoctor_login=bench-{number}\r\n\r\n"
        ).encode()
        self._number = number
        self._opened = opened
        self._arrivals = arrivals

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._head)

    def data_received(self, data: bytes) -> None:
        self._arrivals.extend([time.perf_counter()] * data.count(b"event: bench"))
        if b"event: hello" in data:
            self._opened.put_nowait(self._number)


async def _run(running: Running, first: int) -> tuple[list[float], int]:
    port = running.here.settings.ports.realtime
    loop = asyncio.get_running_loop()
    opened: asyncio.Queue[int] = asyncio.Queue()
    arrivals: list[float] = []
    transports = []
    for start in range(0, STREAMS, 50):
        for number in range(first + start, first + start + 50):
            stream = Stream(number, opened, arrivals)
            transport, _ = await loop.create_connection(lambda it=stream: it, "127.0.0.1", port)
            transports.append(transport)
        for _ in range(50):
            await asyncio.wait_for(opened.get(), 30)
    delays: list[float] = []
    for number in range(MESSAGES):
        arrivals.clear()
        sent = time.perf_counter()
        await asyncio.to_thread(_tell, running, number)
        deadline = time.perf_counter() + 5
        while len(arrivals) < STREAMS and time.perf_counter() < deadline:
            await asyncio.sleep(0.005)
        delays += [arrival - sent for arrival in arrivals]
        await asyncio.sleep(0.2)
    for transport in transports:
        transport.close()
    return delays, len(delays)


def _tell(running: Running, number: int) -> None:
    with running.here.transactions(SYSTEM) as tx:
        tx.live.tell(MECHANICS, "bench", {"number": number})


def measure(running: Running, first: int) -> list[Measured]:
    delays, arrived = asyncio.run(_run(running, first))
    p50, p99 = percentile(delays, 0.5) * 1000, percentile(delays, 0.99) * 1000
    everyone = arrived == STREAMS * MESSAGES
    how = f"p50 {p50:.0f} ms from before the commit; {arrived} of {STREAMS * MESSAGES} arrived"
    good = p99 <= 100 and everyone
    return [Measured("message to 1,000 streams", f"{p99:.0f} ms", "p99 ≤ 100 ms", good, how)]
