"""The security log is read by staff, and forgets at night what is older than its period."""

from datetime import timedelta

import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.operations.due import run_timers, schedule_nights
from autodoctor.application.operations.security_log import (
    READ_AT_ONCE,
    export_security_log,
    forget_security_events,
    security_log,
)
from autodoctor.domain.operations.security_event import SecurityEvent, SecurityKind
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.security_log import KEPT, SecurityFilter
from autodoctor.testing.ports import Town, a_customer, an_admin, memory_town

EVERYTHING = SecurityFilter(most=5000)


@pytest.fixture
def town() -> Town:
    return memory_town()


def recorded(town: Town, count: int = 1) -> None:
    with town.kept(SYSTEM) as tx:
        for _ in range(count):
            tx.security.append(SecurityEvent(kind=SecurityKind.LOGGED_IN, at=town.clock.now()))


def count(town: Town) -> int:
    with town.kept(SYSTEM) as tx:
        return len(tx.security.search(EVERYTHING))


def test_nobody_but_staff_reads_it_or_takes_it_along(town: Town) -> None:
    customer = a_customer(town.ports)

    for read in (security_log, export_security_log):
        with pytest.raises(WrongRole):
            read(town.ports, actor=customer, which=EVERYTHING)
    assert len(security_log(town.ports, actor=an_admin(town.ports), which=EVERYTHING)) == 0


def test_an_export_is_everything_that_was_there_when_it_began(town: Town) -> None:
    recorded(town, READ_AT_ONCE * 2 + 1)
    exported = export_security_log(town.ports, actor=an_admin(town.ports), which=SecurityFilter())
    recorded(town)

    numbers = [entry.number for entry in exported]

    assert len(numbers) == len(set(numbers)) == READ_AT_ONCE * 2 + 1


def test_an_export_of_an_empty_log_is_empty(town: Town) -> None:
    admin = an_admin(town.ports)

    assert list(export_security_log(town.ports, actor=admin, which=SecurityFilter())) == []
    assert count(town) == 1


def test_more_than_is_forgotten_at_once_is_forgotten_all_the_same(town: Town) -> None:
    recorded(town, 2500)
    town.clock.advance(KEPT + timedelta(days=1))
    recorded(town)

    assert forget_security_events(town.ports) == 2500
    assert count(town) == 1


def test_it_is_forgotten_every_night(town: Town) -> None:
    schedule_nights(town.ports)
    recorded(town)
    town.clock.advance(KEPT)
    run_timers(town.ports)
    assert count(town) == 1

    town.clock.advance(timedelta(days=1))
    run_timers(town.ports)

    assert count(town) == 0
