"""Whether the parts answer: what `/api/health` says of each."""

import socket
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from redis import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from autodoctor.adapters.valkey.signals import client
from autodoctor.entrypoints.bootstrap import Installation

SECONDS = 1.0
BEAT_MAX = timedelta(seconds=15)
DEFAULT_PORTS = {"http": 80, "https": 443, "redis": 6379, "rediss": 6379, "smtp": 25}

Probe = Callable[[], bool]


def probes(here: Installation) -> dict[str, Probe]:
    settings = here.settings
    realtime = settings.realtime_url or f"http://127.0.0.1:{settings.ports.realtime}"
    found: dict[str, Probe] = {
        "database": lambda: _database(here),
        "queue": lambda: _queue(here),
        "realtime": lambda: _listens(realtime),
        "worker": lambda: _worker(here),
    }
    if not settings.stripe_secret_key.get_secret_value():
        found["payments"] = lambda: _listens(here.embedded.sandbox_url)
    if not settings.smtp_url.get_secret_value():
        found["mail"] = lambda: _listens(here.embedded.smtp_url)
    return found


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    address = (parts.hostname or "", parts.port or DEFAULT_PORTS.get(parts.scheme, 443))
    try:
        socket.create_connection(address, timeout=SECONDS).close()
    except OSError:
        return False
    return True


def _queue(here: Installation) -> bool:
    """One that hangs accepts connections all the same."""
    try:
        with client(here.redis_url) as valkey:
            return bool(valkey.ping())
    except RedisError:
        return False


def _database(here: Installation) -> bool:
    try:
        with here.engine.connect() as connection:
            connection.execute(text("SELECT 1 FROM alembic_version"))
    except SQLAlchemyError:
        return False
    return True


def _worker(here: Installation) -> bool:
    """The worker says every few seconds, in its own row, that it is alive."""
    statement = text("SELECT now() - max(beat_at) < :most FROM beats WHERE process = 'worker'")
    try:
        with here.engine.connect() as connection:
            return bool(connection.execute(statement, {"most": BEAT_MAX}).scalar())
    except SQLAlchemyError:
        return False
