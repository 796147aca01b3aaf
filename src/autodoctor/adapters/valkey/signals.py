"""Waking those who wait, and whispers: lost when Valkey is down, and not missed, because
what matters is in PostgreSQL and everybody looks there by themselves."""

import msgspec
import redis
import structlog

from autodoctor.ports.operations import Plain

log = structlog.get_logger(__name__)

WAKE = "autodoctor:wake"
WHISPERS = "autodoctor:whispers"
TIMEOUT_SECONDS = 1.0


def client(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
    )


class ValkeySignals:
    """`wake` fits `after_commit`; both swallow an outage, and say so in the log."""

    def __init__(self, valkey: redis.Redis) -> None:
        self._valkey = valkey

    def wake(self, topics: frozenset[str]) -> None:
        self._publish(WAKE, ",".join(sorted(topics)).encode())

    def whisper(self, audience: str, kind: str, data: Plain, /) -> None:
        message = {"audience": audience, "kind": kind, "data": data}
        self._publish(WHISPERS, msgspec.json.encode(message))

    def close(self) -> None:
        self._valkey.close()

    def _publish(self, channel: str, message: bytes) -> None:
        try:
            self._valkey.publish(channel, message)
        except redis.RedisError as error:
            log.warning("valkey.unreachable", channel=channel, why=str(error))
