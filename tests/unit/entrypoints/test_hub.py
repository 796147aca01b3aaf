"""What becomes of streams when their server is about to end."""

from uuid import uuid4

from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.realtime.hub import Hub, Listener


def a_listener() -> Listener:
    return Listener(AccountId(uuid4()), ("all",), b"a login")


def has_ended(listener: Listener) -> bool:
    return not listener.frames.empty() and listener.frames.get_nowait() is None


def test_a_hub_that_closes_ends_every_stream() -> None:
    hub, before = Hub(), a_listener()
    hub.add(before)

    hub.close()

    assert has_ended(before)


def test_a_stream_that_opens_while_the_hub_closes_ends_at_once() -> None:
    hub, after = Hub(), a_listener()
    hub.close()

    hub.add(after)

    assert has_ended(after)


def test_an_open_hub_ends_nobody() -> None:
    hub, listener = Hub(), a_listener()

    hub.add(listener)

    assert not has_ended(listener)
