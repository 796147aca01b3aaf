"""Whether PostgreSQL has the same time zones as we do."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import Engine, select, text

from autodoctor.adapters.postgres.tables.accounts import accounts

PROBED_FOR: Final = timedelta(days=365)
PROBED_EVERY: Final = timedelta(days=30)
"""Shorter than any summer or winter time."""

_LOCAL: Final = text(
    """
    SELECT name, at, at AT TIME ZONE name AS there
    FROM unnest(CAST(:names AS text[])) AS name CROSS JOIN unnest(CAST(:at AS timestamptz[])) AS at
    """
)


def zones_in_use(engine: Engine) -> frozenset[str]:
    """Those of the people here."""
    with engine.connect() as connection:
        found = connection.execute(select(accounts.c.time_zone).distinct()).scalars()
        return frozenset(found) & available_timezones()


def differing_zones(
    engine: Engine, *, now: datetime, zones: frozenset[str] | None = None
) -> tuple[str, ...]:
    """Which of `zones` (all: seconds of work) PostgreSQL does not know, or tells another time in
    than we do, in the year before and the year after `now`; by name. Queries that people write
    would then be an hour off; what the application shows is computed from the package `tzdata`."""
    ours = available_timezones() if zones is None else zones
    steps = range(-(PROBED_FOR // PROBED_EVERY), PROBED_FOR // PROBED_EVERY + 1)
    instants = [now + n * PROBED_EVERY for n in steps]
    with engine.connect() as connection:
        theirs = set(connection.execute(text("SELECT name FROM pg_timezone_names")).scalars())
        probed = {"names": sorted(ours & theirs), "at": instants}
        told = connection.execute(_LOCAL, probed).all()
    differ = {name for name, at, there in told if there != _there(at, name)}
    return tuple(sorted(differ | (ours - theirs)))


def _there(at: datetime, name: str) -> datetime:
    return at.astimezone(ZoneInfo(name)).replace(tzinfo=None)
