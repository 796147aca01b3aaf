"""A load of accepts over kept connections, cheap enough not to be what is measured.

`python -m benchmarks.caller PORT FIRST CLIENTS EACH` prints accepts a second.
"""

import socket
import sys
import threading
import time


def call(port: int, first: int, each: int, barrier: threading.Barrier, failed: list[bytes]) -> None:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    wanted = [_request(number) for number in range(first, first + each)]
    barrier.wait()
    for request in wanted:
        connection.sendall(request)
        answer = _answer(connection)
        if not answer.startswith(b"HTTP/1.1 200"):
            failed.append(answer)
    connection.close()


def _request(number: int) -> bytes:
    path = f"/api/mechanics/requests/eeeeeeee-0000-4000-8000-{number:012d}/accept"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n"
    return f"{head}Cookie: autodoctor_login=bench-{number}\r\n\r\n".encode()


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
    port, first, clients, each = map(int, sys.argv[1:])
    barrier, failed = threading.Barrier(clients + 1), list[bytes]()
    threads = [
        threading.Thread(target=call, args=(port, first + n * each, each, barrier, failed))
        for n in range(clients)
    ]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if failed:
        raise SystemExit(f"{len(failed)} failed, the first with {failed[0][:500]!r}")
    sys.stdout.write(f"{clients * each / took:.2f}\n")


main()
