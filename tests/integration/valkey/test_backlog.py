"""Under a backlog each delivery is begun once: what waits in Valkey is not handed out again."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import dramatiq

from autodoctor.domain.revenue.events import NoticeReceived
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import EventId
from autodoctor.entrypoints.worker import queue
from autodoctor.testing.ports import Town, memory_town
from support.waiting import let_pass, until

from .test_signals import url

__all__ = ["url"]

DELIVERIES = 1600
AT_WORK = 4
TAKES_SECONDS = 0.01
TIMES_FASTER = 10
"""What is lent for twenty seconds is due again after two; together they take four."""


class QuickClock:
    def __init__(self) -> None:
        self._began = time.monotonic()
        self._from = memory_town().clock.now()

    def now(self) -> datetime:
        return self._from + TIMES_FASTER * timedelta(seconds=time.monotonic() - self._began)


class Backlog:
    """Deliveries that are due all at once, and workers that count what they begin."""

    def __init__(self, url: str) -> None:
        self.town: Town = memory_town(clock=QuickClock())
        self.broker = queue.broker(url)
        self.broker.client.flushall()
        self.begun: Counter[str] = Counter()
        self._done = 0
        self._lock = threading.Lock()
        self._actor = dramatiq.actor(self._begin, broker=self.broker, queue_name=queue.QUEUE)
        with self.town.kept(SYSTEM) as tx:
            events = [NoticeReceived(str(number)) for number in range(DELIVERIES)]
            tx.outbox.record(*events, by=SYSTEM, at=self.town.ports.now())

    def _begin(self, event_id: str, consumer: str) -> None:
        with self._lock:
            self.begun[event_id] += 1
        let_pass(TAKES_SECONDS)
        with self.town.kept(SYSTEM) as tx:
            tx.outbox.finish(EventId(UUID(event_id)), consumer, at=self.town.ports.now())

    def send(self, event_id: EventId, consumer: str) -> None:
        self._actor.send(str(event_id), consumer)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        worker = queue.worker(self.broker, threads=AT_WORK)
        worker.start()
        try:
            yield
        finally:
            worker.stop()

    def work_off(self, waiting: Callable[[], int], *, begun: int) -> None:
        """Until so many have been begun, the same one more than once or not."""

        def worked_off() -> bool:
            while queue.relay(self.town.ports, self.send, waiting):
                pass
            return len(self.begun) >= DELIVERIES and self.begun.total() >= begun

        with self.at_work():
            until("the backlog to be worked off", worked_off)


def test_each_delivery_is_begun_once_however_many_wait(url: str) -> None:
    backlog = Backlog(url)

    backlog.work_off(lambda: queue.waiting(backlog.broker), begun=DELIVERIES)

    assert set(backlog.begun.values()) == {1}


def test_without_looking_at_what_waits_they_are_begun_again(url: str) -> None:
    backlog = Backlog(url)

    backlog.work_off(lambda: 0, begun=DELIVERIES + 1)

    assert max(backlog.begun.values()) > 1


def test_without_valkey_nothing_waits() -> None:
    assert queue.waiting(queue.broker("redis://127.0.0.1:1/0")) == 0
