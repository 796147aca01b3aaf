"""How many streams there may be, and which make room for others."""

from uuid import uuid4

import pytest

from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.realtime import admission
from autodoctor.entrypoints.realtime.admission import (
    OPENINGS_AT_ONCE,
    OPENINGS_PER_SECOND,
    PER_LOGIN_MAX,
    PER_NETWORK_MAX,
    SUPERSEDED,
    Admission,
)
from autodoctor.entrypoints.realtime.hub import Hub, Listener


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(hub: Hub, *, login: bytes = b"", page: str = "", network: str = "here") -> Listener:
    listener = Listener(AccountId(uuid4()), ("all",), login, page=page, network=network)
    Admission(hub).make_room(listener)
    hub.add(listener)
    return listener


def superseded(listener: Listener) -> bool:
    frames = [listener.frames.get_nowait() for _ in range(listener.frames.qsize())]
    return frames == [(None, SUPERSEDED), None]


def test_the_oldest_stream_of_the_same_page_makes_room() -> None:
    hub = Hub()
    others = [opened(hub, login=b"a", page=f"other {number}") for number in range(3)]
    same = [opened(hub, login=b"a", page="room") for _ in range(PER_LOGIN_MAX - 3)]
    of_somebody_else = opened(hub, login=b"b", page="room")

    newest = opened(hub, login=b"a", page="room")

    assert superseded(same[0])
    for each in (*others, *same[1:], of_somebody_else, newest):
        assert not superseded(each)
        assert each in hub.listeners
    assert len(hub.of_login(b"a")) == PER_LOGIN_MAX


def test_without_one_of_the_same_page_the_oldest_of_all_does() -> None:
    hub = Hub()
    streams = [opened(hub, login=b"a", page=str(number)) for number in range(PER_LOGIN_MAX)]

    opened(hub, login=b"a", page="another")

    assert [superseded(each) for each in streams] == [True] + [False] * (PER_LOGIN_MAX - 1)


def test_a_network_has_so_many_and_no_more() -> None:
    hub = Hub()
    streams = [opened(hub, login=bytes([n // 256, n % 256])) for n in range(PER_NETWORK_MAX)]
    door = Admission(hub)

    assert not door.admits("here")
    assert door.admits("elsewhere")

    hub.remove(streams[0])
    hub.remove(streams[0])
    assert door.admits("here")


def test_there_are_so_many_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "STREAMS_MAX", 3)
    hub = Hub()
    for number in range(3):
        opened(hub, login=bytes([number]), network=str(number))

    assert not Admission(hub).admits("new")


def test_a_network_opens_them_so_fast_and_no_faster() -> None:
    clock = Clock()
    door = Admission(Hub(), clock=clock)

    at_once = sum(door.admits("here") for _ in range(OPENINGS_AT_ONCE * 2))
    clock.now += 10
    later = sum(door.admits("here") for _ in range(OPENINGS_AT_ONCE))

    assert at_once == OPENINGS_AT_ONCE
    assert later == 10 * OPENINGS_PER_SECOND
    assert door.admits("elsewhere")


def test_networks_are_forgotten_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "NETWORKS_MAX", 10)
    door = Admission(Hub(), clock=Clock())

    for number in range(100):
        assert door.admits(str(number))

    assert len(door._openings) == 10
