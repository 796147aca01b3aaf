"""The worker has no port to ask: it says in a row that it is alive."""

from sqlalchemy import Engine, text

EVERY_SECONDS = 3.0

_BEAT = text(
    "INSERT INTO beats (process, beat_at) VALUES ('worker', now()) "
    "ON CONFLICT (process) DO UPDATE SET beat_at = now()"
)


def beat(engine: Engine) -> bool:
    with engine.begin() as connection:
        connection.execute(_BEAT)
    return False
