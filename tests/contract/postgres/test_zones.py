"""Time zones of PostgreSQL that are of another age than ours are told by name."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import attrs
import pytest
import tzdata

from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.adapters.postgres.zones import differing_zones, zones_in_use
from autodoctor.domain.shared.actor import SYSTEM
from support.postgres import Database
from support.scenery import new_account

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
BERLIN, HALIFAX = "Europe/Berlin", "America/Halifax"
"""Four and five hours apart from each other, all year long."""


@pytest.fixture
def swapped(tmp_path: Path) -> Iterator[None]:
    """Zones in which Berlin has the time of Halifax."""
    before = zoneinfo.TZPATH
    zones = tmp_path / "zoneinfo"
    copytree(Path(tzdata.__file__).parent / "zoneinfo", zones)
    (zones / BERLIN).write_bytes((zones / HALIFAX).read_bytes())
    zoneinfo.reset_tzpath([str(zones)])
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(before)
    zoneinfo.ZoneInfo.clear_cache()


def test_a_zone_that_is_told_in_another_way_is_named(database: Database, swapped: None) -> None:
    assert BERLIN in differing_zones(database.app, now=NOW)


def test_only_the_zones_that_people_have_are_asked_for(database: Database, swapped: None) -> None:
    transactions = PostgresTransactions(database.app)
    with transactions(SYSTEM) as tx:
        tx.accounts.add(attrs.evolve(new_account(), time_zone=HALIFAX))
    used = zones_in_use(database.app)

    assert used == {HALIFAX}
    assert differing_zones(database.app, now=NOW, zones=used) == ()
    assert differing_zones(database.app, now=NOW, zones=used | {BERLIN}) == (BERLIN,)


def test_zones_that_are_told_alike_are_not(database: Database) -> None:
    found = differing_zones(database.app, now=NOW)

    assert BERLIN not in found
    assert HALIFAX not in found
