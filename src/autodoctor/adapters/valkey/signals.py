"""Waking those who wait, and whispers: lost when Valkey is down, and not missed, because
what matters is in PostgreSQL and everybody looks there by themselves."""

import time
from collections.abc import Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Final

import msgspec
import redis
import structlog

from autodoctor.ports.operations import Plain

log = structlog.get_logger(__name__)

WAKE = "autodoctor:wake"
WHISPERS = "autodoctor:whispers"
TIMEOUT_SECONDS = 1.0
AT_ONCE: Final = 1000
BREATH_SECONDS: Final = 0.02
"""After a signal the next ones gather: the first goes out at once, and however many commits there
are, those who are woken look fifty times a second."""

Signal = frozenset[str] | bytes
"""Topics to wake, or a whisper."""


def client(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
    )


class ValkeySignals:
    """`wake` fits `after_commit`. Signals go out from a thread of their own: nobody who has
    committed waits for Valkey, least of all when it is down, and many commits wake once."""

    def __init__(self, valkey: redis.Redis) -> None:
        self._valkey = valkey
        self._waiting: SimpleQueue[Signal | None] = SimpleQueue()
        self._starting = Lock()
        self._thread: Thread | None = None

    def wake(self, topics: frozenset[str]) -> None:
        self._send(topics)

    def whisper(self, audience: str, kind: str, data: Plain, /) -> None:
        message = {"audience": audience, "kind": kind, "data": data}
        self._send(msgspec.json.encode(message))

    def close(self) -> None:
        """What was signalled before goes out first."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(2 * TIMEOUT_SECONDS)
        self._valkey.close()

    def _send(self, signal: Signal) -> None:
        """The thread is started by whoever signals first, in the process that does."""
        self._waiting.put(signal)
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._carry, name="signals", daemon=True)
                self._thread.start()

    def _carry(self) -> None:
        going_on = True
        while going_on:
            signals = self._next()
            going_on = None not in signals
            self._publish([each for each in signals if each is not None])
            if going_on:
                time.sleep(BREATH_SECONDS)

    def _next(self) -> list[Signal | None]:
        """Everything that waits; at least one."""
        signals = [self._waiting.get()]
        with suppress(Empty):
            while len(signals) < AT_ONCE:
                signals.append(self._waiting.get_nowait())
        return signals

    def _publish(self, signals: Iterable[Signal]) -> None:
        try:
            with self._valkey.pipeline(transaction=False) as pipeline:
                for channel, message in _messages(signals):
                    pipeline.publish(channel, message)
                pipeline.execute()
        except redis.RedisError as error:
            log.warning("valkey.unreachable", why=str(error))


def _messages(signals: Iterable[Signal]) -> list[tuple[str, bytes]]:
    """All topics in one wake-up call, then the whispers in their order."""
    topics: set[str] = set()
    whispers = []
    for signal in signals:
        if isinstance(signal, bytes):
            whispers.append((WHISPERS, signal))
        else:
            topics |= signal
    wakes = [(WAKE, ",".join(sorted(topics)).encode())] if topics else []
    return wakes + whispers
