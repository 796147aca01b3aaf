"""dramatiq carries, PostgreSQL knows: a message says which delivery to make, no more.

Messages may be lost or come twice. The relay sends a delivery again until its row says that
it is done, so dramatiq itself retries nothing.
"""

import time
from collections.abc import Callable
from typing import Final
from uuid import UUID

import dramatiq
import redis
import structlog
from dramatiq.brokers.redis import RedisBroker
from dramatiq.worker import Worker

from autodoctor.application.operations.attempts import give_up_exhausted
from autodoctor.application.operations.deliver import attempt_delivery
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import EventId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.jobs import Queue

log = structlog.get_logger(__name__)

QUEUE: Final = "deliveries"
AT_ONCE: Final = 100
NAP_SECONDS: Final = 0.02
"""A fraction of what the worker needs for so many."""

Send = Callable[[EventId, str], None]


def broker(url: str) -> RedisBroker:
    return RedisBroker(url=url, middleware=[], heartbeat_timeout=15_000)  # type: ignore[no-untyped-call]


def deliveries(ports: Ports, queue: RedisBroker) -> Send:
    """Declares the actor; what comes back hands a delivery to it."""

    def make(event_id: str, consumer: str) -> None:
        attempt_delivery(ports, event_id=EventId(UUID(event_id)), consumer=consumer)

    actor = dramatiq.actor(broker=queue, queue_name=QUEUE, actor_name="deliver")(make)

    def send(event_id: EventId, consumer: str) -> None:
        actor.send(str(event_id), consumer)

    return send


def waiting(queue: RedisBroker) -> int:
    """How many messages nobody has begun; 0 without Valkey, where nothing can wait."""
    try:
        return int(queue.client.llen(f"{queue.namespace}:{QUEUE}"))
    except redis.RedisError:
        return 0


def _nothing_waits() -> int:
    return 0


def relay(ports: Ports, send: Send, waiting: Callable[[], int] = _nothing_waits) -> bool:
    """Hand what is due to the queue; with the queue away, do it here and now.

    While enough wait there nothing is handed out: what waits longer than its lease would be
    handed out again and done twice, so that the backlog would grow by being worked at.
    """
    if waiting() >= AT_ONCE:
        time.sleep(NAP_SECONDS)
        return True
    give_up_exhausted(ports, Queue.DELIVERY)
    with ports.transactions(SYSTEM) as tx:
        due = tx.outbox.due(at=ports.now(), most=AT_ONCE)
    for event_id, consumer in due:
        try:
            send(event_id, consumer)
        except (redis.RedisError, dramatiq.errors.ConnectionError) as error:
            log.warning("queue.unreachable", why=str(error))
            attempt_delivery(ports, event_id=event_id, consumer=consumer)
    return len(due) == AT_ONCE


def worker(queue: RedisBroker, *, threads: int) -> Worker:
    return Worker(queue, queues={QUEUE}, worker_threads=threads)
