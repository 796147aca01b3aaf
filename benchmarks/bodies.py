"""Other people's requests next to bodies that never arrive, and answers that nobody reads."""

import socket
import time
import urllib.request

from benchmarks.running import Running
from benchmarks.table import Measured, percentile

UNFINISHED = 500
SLOW_READERS = 500
HALF_UPLOADS = 200
REQUESTS = 1500


def measure(running: Running) -> list[Measured]:
    quiet = _p99(running.port)
    connections = _burden(running.port)
    burdened = _p99(running.port)
    for each in connections:
        each.close()
    ratio = burdened / quiet
    how = f"p99 of {REQUESTS} requests: {quiet * 1000:.1f} ms alone, {burdened * 1000:.1f} ms then"
    what = "unfinished requests"
    return [Measured(what, f"{ratio:.2f}", "≤ 2", ratio <= 2, how)]


def _p99(port: int) -> float:
    """Seconds, of one client who asks for the plans again and again."""
    taken = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/plans", timeout=30) as answer:
            assert len(answer.read()) > 100
        taken.append(time.perf_counter() - began)
    return percentile(taken, 0.99)


def _burden(port: int) -> list[socket.socket]:
    """Each is begun, none goes on. They end by themselves after 15 s: it is measured before."""
    host = f"Host: localhost:{port}\r\n"
    bodies = f"POST /login HTTP/1.1\r\n{host}Content-Length: 1000\r\n\r\nx"
    uploads = (
        f"POST /api/uploads/put?token=none HTTP/1.1\r\n{host}Content-Length: 2000000\r\n\r\n"
        + "x" * 1_000_000
    )
    readers = f"GET / HTTP/1.1\r\n{host}\r\n"
    begun = [(bodies, UNFINISHED), (readers, SLOW_READERS), (uploads, HALF_UPLOADS)]
    return [_begin(port, text.encode()) for text, count in begun for _ in range(count)]


def _begin(port: int, text: bytes) -> socket.socket:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    connection.connect(("127.0.0.1", port))
    connection.sendall(text)
    return connection
