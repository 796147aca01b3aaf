"""The server of the streams ends when it is told to, though streams are open for ever."""

import os
import signal

import httpx
import pytest

from support import plain
from support.people import customer
from support.running import Running
from support.streams import Stream
from support.waiting import until

pytestmark = pytest.mark.xdist_group("system")

ENDS_SECONDS = 5.0
"""The supervisor kills what has not ended after ten."""


def has_ended(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def answers(running: Running) -> bool:
    try:
        return plain.get(f"http://127.0.0.1:{running.port + 1}/health").status_code == 200
    except httpx.HTTPError:
        return False


def test_open_streams_do_not_keep_the_server_from_ending(running: Running) -> None:
    streams = [Stream(running, customer(running.here.ports)) for _ in range(3)]
    pid = running.pid("realtime")

    os.kill(pid, signal.SIGTERM)

    until("its end", lambda: has_ended(pid), seconds=ENDS_SECONDS)
    for stream in streams:
        assert stream.closes_within(ENDS_SECONDS)
        assert "broken" not in stream.heard, "a stream ends with its last chunk"
    until("another one in its place", lambda: answers(running))
    assert not Stream(running, customer(running.here.ports)).closes_within(0.2)
