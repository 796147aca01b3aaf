"""A small application behind the web's own server, and behind Granian's WSGI to compare with."""

import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from typing import Any

import attrs
from granian import Granian
from granian.constants import Interfaces, Loops

from autodoctor.entrypoints.supervisor.processes import end_with_parent
from autodoctor.entrypoints.web.body_limits import REFUSED
from autodoctor.entrypoints.web.server import bodies
from autodoctor.entrypoints.web.server.gateway import Gateway
from support.waiting import until

THREADS = 4
LIMIT_BYTES = 2_000_000
LONG_ANSWER_BYTES = 30_000_000
SILENCE_SECONDS_MAX = 1.0


def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """Says how long a body it got, or why it got none; /long answers at length."""
    refused: HTTPStatus | None = environ.get(REFUSED)
    sent = environ["wsgi.input"].read()
    long = environ["PATH_INFO"] == "/long"
    length = [("Content-Length", str(LONG_ANSWER_BYTES))] if long else []
    start(f"{refused or 200} -", [("Content-Type", "text/plain"), *length])
    if long:
        return (b"0123456789" * 10_000 for _ in range(LONG_ANSWER_BYTES // 100_000))
    return [f"{len(sent)} bytes".encode()]


def gateway() -> Gateway:
    bodies.SILENCE_SECONDS_MAX = SILENCE_SECONDS_MAX  # type: ignore[misc]
    taken = bodies.Bodies(lambda _method, _path: LIMIT_BYTES, trusted_proxies=0)
    return Gateway(application, bodies=taken, threads=THREADS)


@attrs.frozen
class Served:
    port: int

    def connect(self, *, receive_buffer: int = 0) -> socket.socket:
        connection = socket.socket()
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.settimeout(30)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def begin(self, head: str, body: bytes = b"", **options: int) -> socket.socket:
        """Sends what may be only the beginning of a request."""
        connection = self.connect(**options)
        connection.sendall(f"{head}\r\nHost: here\r\nConnection: close\r\n\r\n".encode() + body)
        return connection

    def ask(self, head: str, body: bytes = b"") -> tuple[int, bytes]:
        return answer(self.begin(head, body))


def answer(connection: socket.socket) -> tuple[int, bytes]:
    """The status and the body, read to the end of the connection."""
    with closing(connection):
        received = bytearray()
        with suppress(ConnectionResetError):  # it was refused before all of it was sent
            while chunk := connection.recv(1 << 20):
                received += chunk
    head, _, body = bytes(received).partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), body


@contextmanager
def served(kind: str) -> Iterator[Served]:
    """`kind` is "gateway" or "wsgi"."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "support.serving", kind, str(port)]
    process = subprocess.Popen(command, cwd="tests", preexec_fn=end_with_parent(15))  # noqa: PLW1509
    try:
        until("the server", lambda: _listens(port))
        yield Served(port)
    finally:
        process.terminate()
        process.wait(30)


def _listens(port: int) -> bool:
    with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
        return True
    return False


def main(kind: str, port: int) -> None:
    ours = kind == "gateway"
    Granian(
        f"support.serving:{'gateway' if ours else 'application'}",
        factory=ours,
        port=port,
        interface=Interfaces.RSGI if ours else Interfaces.WSGI,
        loop=Loops.uvloop,
        blocking_threads=1 if ours else THREADS,
        workers_kill_timeout=1,
        websockets=False,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
