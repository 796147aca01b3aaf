"""Signals over a real Valkey, and with one that does not answer."""

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import redis

from autodoctor.adapters.valkey.signals import BREATH_SECONDS, WAKE, WHISPERS, ValkeySignals, client
from autodoctor.entrypoints.supervisor.parts import valkey_binary
from support.waiting import let_pass, ready

PATIENCE_SECONDS = 120.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port, folder = free_port(), tmp_path_factory.mktemp("valkey")
    command = [valkey_binary(), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen([*command, "--dir", str(folder)], stdout=subprocess.DEVNULL) as server:
        wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


def wait_for(port: int) -> None:
    ready("Valkey", lambda: socket.create_connection(("127.0.0.1", port)).close(), OSError)


@pytest.fixture
def heard(url: str) -> Iterator[redis.client.PubSub]:
    with client(url) as valkey, valkey.pubsub() as channel:
        channel.subscribe(WAKE, WHISPERS)
        for _ in (WAKE, WHISPERS):
            assert next_message(channel)["type"] == "subscribe"
        yield channel


def next_message(heard: redis.client.PubSub) -> dict[str, Any]:
    message = heard.get_message(timeout=PATIENCE_SECONDS)
    assert message is not None
    return message


def everything(url: str, heard: redis.client.PubSub) -> list[tuple[str, bytes]]:
    """What was said before the end that is said here."""
    with client(url) as valkey:
        valkey.publish(WAKE, b"the end")
    said = list[tuple[str, bytes]]()
    while (message := next_message(heard))["data"] != b"the end":
        said.append((message["channel"].decode(), message["data"]))
    return said


def test_topics_wake_and_whispers_are_carried(url: str, heard: redis.client.PubSub) -> None:
    signals = ValkeySignals(client(url))

    signals.wake(frozenset({"outbox", "live"}))
    signals.whisper("account:1", "typing", {"session_id": "a"})
    signals.close()

    said = dict(everything(url, heard))
    assert said[WAKE] == b"live,outbox"
    assert msgspec.json.decode(said[WHISPERS]) == {
        "audience": "account:1",
        "kind": "typing",
        "data": {"session_id": "a"},
    }


def test_a_hundred_commits_wake_everybody_and_fewer_than_a_hundred_times(
    url: str, heard: redis.client.PubSub
) -> None:
    signals = ValkeySignals(client(url))

    for number in range(100):
        signals.wake(frozenset({"outbox"} if number % 2 else {"mail"}))
    signals.close()

    wakes = [set(data.split(b",")) for _, data in everything(url, heard)]
    assert set.union(*wakes) == {b"outbox", b"mail"}
    assert len(wakes) < 100


def test_commits_that_follow_closely_wake_together(url: str, heard: redis.client.PubSub) -> None:
    signals = ValkeySignals(client(url))

    began = time.perf_counter()
    for _ in range(40):
        signals.wake(frozenset({"outbox"}))
        let_pass(0.005)
    breaths = (time.perf_counter() - began) / BREATH_SECONDS
    signals.close()

    assert 2 <= len(everything(url, heard)) <= min(breaths + 2, 30)


def test_nobody_waits_for_a_valkey_that_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        signals = ValkeySignals(client(f"redis://127.0.0.1:{silent.getsockname()[1]}/0"))

        began = time.perf_counter()
        for _ in range(20):
            signals.wake(frozenset({"outbox"}))
        took = time.perf_counter() - began

    assert took < 10, "twenty time-outs of a second each would be twenty seconds"


def test_a_valkey_that_comes_back_is_heard_again(tmp_path: Path) -> None:
    port = free_port()
    signals = ValkeySignals(client(f"redis://127.0.0.1:{port}/0"))
    signals.wake(frozenset({"outbox"}))
    command = [valkey_binary(), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]

    with subprocess.Popen([*command, "--dir", str(tmp_path)], stdout=subprocess.DEVNULL) as server:
        wait_for(port)
        with client(f"redis://127.0.0.1:{port}/0") as valkey, valkey.pubsub() as channel:
            channel.subscribe(WAKE)
            assert next_message(channel)["type"] == "subscribe"
            signals.wake(frozenset({"mail"}))
            message = next_message(channel)
        server.terminate()

    assert b"mail" in message["data"]
    signals.close()
