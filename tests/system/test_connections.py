"""A connection stays good for the next request, whatever became of the one before."""

import json
import socket

import pytest

from support.running import Running

pytestmark = pytest.mark.xdist_group("system")
LATE = 40


def test_a_body_that_nobody_reads_does_not_cost_the_connection(running: Running) -> None:
    """The body comes after the answer could have been given, as from a slow line."""
    body = json.dumps({"token": "x"}).encode()
    head = (
        "POST /api/uploads/put?token=none HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    host, port = running.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        for _ in range(LATE):
            line.sendall(head)
            line.sendall(body)
            assert b"401" in answer(line)


def answer(line: socket.socket) -> bytes:
    """The status line of an answer that is read to its end."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(65_536) or _gone()
    head, _, rest = got.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next(int(each.split(b":")[1]) for each in lines if b"content-length" in each)
    while len(rest) < length:
        rest += line.recv(65_536) or _gone()
    return head.split(b"\r\n")[0]


def _gone() -> bytes:
    raise AssertionError("the connection was closed")
