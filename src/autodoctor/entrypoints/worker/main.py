"""Runs the worker until it is told to stop; it may be killed at any moment."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import redis
import structlog
from dramatiq.brokers.redis import RedisBroker

from autodoctor.adapters.postgres.zones import differing_zones, zones_in_use
from autodoctor.adapters.valkey.signals import WAKE, client
from autodoctor.application.operations.due import (
    lapse_leases,
    run_timers,
    schedule_nights,
    send_mail,
)
from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.worker import queue
from autodoctor.entrypoints.worker.beat import EVERY_SECONDS, beat
from autodoctor.entrypoints.worker.loops import Alarm, Loops
from autodoctor.ports.bundle import Ports

log = structlog.get_logger(__name__)

STOP_SECONDS = 5.0
ZONES_NAMED = 20

BEHIND = 10
"""Added to the priority number. Whoever clicks waits for web; a notification that leaves a moment
later is missed by nobody. Under load the worker still gets a tenth of a core, and it queues."""
AUTOGROUP = Path("/proc/self/autogroup")


def step_back() -> None:
    """Where Linux groups processes by their terminal session (man 7 sched, autogroup), a priority
    counts within the group only, and each part has one of its own: the group steps back too."""
    os.nice(BEHIND)
    with suppress(FileNotFoundError, PermissionError):
        AUTOGROUP.write_text(str(BEHIND), encoding="ascii")


def serve(here: Installation) -> None:
    step_back()
    ports = here.ports
    schedule_nights(ports)
    _compare_zones(here)
    broker = queue.broker(here.redis_url)
    loops = Loops()
    alarms = {
        "outbox": loops.add("relay", _relay(ports, broker), every_seconds=1.0),
        "mail": loops.add("mail", partial(send_mail, ports), every_seconds=2.0),
    }
    loops.add("timers", lambda: bool(run_timers(ports)), every_seconds=0.5)
    loops.add("departures", lambda: bool(lapse_leases(ports)), every_seconds=2.0)
    loops.add("beat", partial(beat, here.engine), every_seconds=EVERY_SECONDS)
    loops.add("wake", partial(_listen, here.redis_url, alarms, loops.ending), every_seconds=1.0)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    workers = queue.worker(broker, threads=here.settings.worker_threads)
    workers.start()
    loops.start()
    log.info("worker.ready")
    stopping.wait()
    loops.stop(seconds=STOP_SECONDS)
    workers.stop(timeout=int(STOP_SECONDS * 1000))


def _compare_zones(here: Installation) -> None:
    """What we show is computed here; queries that people write are not."""
    used = zones_in_use(here.engine)
    found = differing_zones(here.engine, now=here.ports.now(), zones=used)
    if found:
        log.warning("time_zones.differ", count=len(found), zones=found[:ZONES_NAMED])


def _relay(ports: Ports, broker: RedisBroker) -> Callable[[], bool]:
    send = queue.deliveries(ports, broker)
    return partial(queue.relay, ports, send, partial(queue.waiting, broker))


def _listen(url: str, alarms: dict[str, Alarm], ending: threading.Event) -> bool:
    """Rings an alarm when somebody has written what its loop waits for. Without Valkey the
    loops look by themselves."""
    try:
        with client(url).pubsub(ignore_subscribe_messages=True) as channel:  # type: ignore[no-untyped-call]
            channel.subscribe(WAKE)
            while not ending.is_set():
                message = channel.get_message(timeout=1.0)
                topics = message["data"].decode().split(",") if message else ()
                for topic in alarms.keys() & set(topics):
                    alarms[topic].ring()
    except redis.RedisError as error:
        log.warning("valkey.unreachable", why=str(error))
    return False
