"""A load over kept connections, cheap enough not to be what is measured.

`python -m benchmarks.caller KIND PORT FIRST CLIENTS EACH` prints answers a second, and the median
of the seconds that one took. KIND is accept, login, anonymous or authorised.
"""

import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from statistics import median

LOGINS = 8
"""Accounts that take turns in logging in."""
PASSWORD = "a fine old password"


def call(
    port: int,
    wanted: list[bytes],
    barrier: threading.Barrier,
    failed: list[bytes],
    took: list[float],
) -> None:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    barrier.wait()
    for request in wanted:
        began = time.perf_counter()
        connection.sendall(request)
        answer = _answer(connection)
        took.append(time.perf_counter() - began)
        if not answer.startswith(b"HTTP/1.1 200"):
            failed.append(answer)
    connection.close()


def _accept(number: int) -> bytes:
    path = f"/api/mechanics/requests/eeeeeeee-0000-4000-8000-{number:012d}/accept"
    return _head("POST", path, f"Content-Length: 0\r\nCookie: autodoctor_login=bench-{number}\r\n")


def _login(number: int) -> bytes:
    who = {"email": f"login-{number % LOGINS}@bench.example", "password": PASSWORD}
    body = json.dumps(who).encode()
    lines = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return _head("POST", "/api/customer/login", lines) + body


def _anonymous(_number: int) -> bytes:
    return _head("GET", "/api/mechanics/available-count", "")


def _authorised(_number: int) -> bytes:
    lines = "Cookie: autodoctor_login=bench-reader\r\n"
    return _head("GET", "/api/customer/active-sessions", lines)


def _head(method: str, path: str, lines: str) -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode()


KINDS: dict[str, Callable[[int], bytes]] = {
    "accept": _accept,
    "login": _login,
    "anonymous": _anonymous,
    "authorised": _authorised,
}


def _answer(connection: socket.socket) -> bytes:
    data = connection.recv(65_536)
    while b"\r\n\r\n" not in data:
        data += connection.recv(65_536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65_536)
    return data


def main() -> None:
    kind, (port, first, clients, each) = sys.argv[1], map(int, sys.argv[2:])
    barrier, failed, took = threading.Barrier(clients + 1), list[bytes](), list[float]()
    threads = []
    for n in range(clients):
        numbers = range(first + n * each, first + (n + 1) * each)
        wanted = [KINDS[kind](number) for number in numbers]
        arguments = (port, wanted, barrier, failed, took)
        threads.append(threading.Thread(target=call, args=arguments))
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - began
    if failed:
        raise SystemExit(f"{len(failed)} failed, the first with {failed[0][:500]!r}")
    sys.stdout.write(f"{clients * each / elapsed:.2f} {median(took):.6f}\n")


if __name__ == "__main__":
    main()
