"""The server waits for bodies and for readers; the application never does."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from support.serving import (
    LIMIT_BYTES,
    LONG_ANSWER_BYTES,
    THREADS,
    Served,
    answer,
    served,
)
from support.waiting import until

UNFINISHED = 10 * THREADS
POST = "POST / HTTP/1.1\r\nContent-Length: {}"


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served("gateway") as found:
        yield found


def begin_bodies(server: Served) -> list[socket.socket]:
    return [server.begin(POST.format(1000), b"x") for _ in range(UNFINISHED)]


def test_unfinished_bodies_keep_nobody_waiting(server: Served) -> None:
    unfinished = begin_bodies(server)

    assert server.ask("GET / HTTP/1.1") == (200, b"0 bytes")
    assert {answer(each)[0] for each in unfinished} == {408}, "and each ends by itself"


def is_kept_waiting(server: Served) -> bool:
    connection = server.begin("GET / HTTP/1.1")
    connection.settimeout(2)
    with closing(connection):
        try:
            connection.recv(1)
        except TimeoutError:
            return True
    return False


def test_granians_wsgi_shows_what_that_guards_from() -> None:
    with served("wsgi") as unguarded:
        unfinished = begin_bodies(unguarded)

        until("somebody is kept waiting", lambda: is_kept_waiting(unguarded))

        for each in unfinished:
            each.close()


def test_slow_readers_keep_nobody_waiting(server: Served) -> None:
    slow = [server.begin("GET /long HTTP/1.1", receive_buffer=4096) for _ in range(UNFINISHED)]

    assert server.ask("GET / HTTP/1.1") == (200, b"0 bytes")
    status, content = answer(slow[0])
    assert (status, len(content)) == (200, LONG_ANSWER_BYTES)
    assert content == b"0123456789" * (LONG_ANSWER_BYTES // 10)
    for each in slow[1:]:
        each.close()


def test_a_body_over_the_limit_is_refused_before_it_is_sent(server: Served) -> None:
    assert server.ask(POST.format(LIMIT_BYTES + 1))[0] == 413


def test_a_body_that_does_not_say_how_long_it_is_is_refused(server: Served) -> None:
    chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked"

    assert server.ask(chunked, b"3\r\nabc\r\n0\r\n\r\n")[0] == 411


@pytest.mark.parametrize("length", [0, 1, 200_000, LIMIT_BYTES])
def test_a_whole_body_reaches_the_application(server: Served, length: int) -> None:
    status, said = server.ask(POST.format(length), b"x" * length)

    assert (status, said) == (200, f"{length} bytes".encode())


def test_a_body_that_breaks_off_is_never_taken_for_a_whole_one(server: Served) -> None:
    connection = server.begin(POST.format(50), b"half")
    connection.shutdown(socket.SHUT_WR)

    assert answer(connection)[0] == 400
