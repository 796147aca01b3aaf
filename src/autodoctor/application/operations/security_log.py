"""Reading the security log, taking it along, and forgetting what is older than its period."""

from collections.abc import Iterator
from typing import Final

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.operations import SECURITY_LOG
from autodoctor.application.operations.security import record
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.ports.bundle import Ports
from autodoctor.ports.security_log import SecurityEntry, SecurityFilter

FORGOTTEN_AT_ONCE: Final = 1000
READ_AT_ONCE: Final = 500


def security_log(ports: Ports, *, actor: Actor, which: SecurityFilter) -> tuple[SecurityEntry, ...]:
    """Newest first. Looking leaves no entry."""
    may(actor, SECURITY_LOG)
    with ports.transactions(actor) as tx:
        return tx.security.search(which)


def export_security_log(
    ports: Ports, *, actor: Actor, which: SecurityFilter
) -> Iterator[SecurityEntry]:
    """Everything the filter finds, read as it is sent; that somebody took it along is recorded
    first, and is not in it."""
    may(actor, SECURITY_LOG)
    with ports.transactions(actor) as tx:
        newest = tx.security.search(SecurityFilter(most=1))
        log = Subject("security log")
        record(ports, tx, SecurityKind.SECURITY_LOG_EXPORTED, by=actor, about=log)
    end = newest[0].number + 1 if newest else 0
    before = end if which.before is None else min(which.before, end)
    return _pages(ports, actor, attrs.evolve(which, before=before, most=READ_AT_ONCE))


def _pages(ports: Ports, actor: Actor, which: SecurityFilter) -> Iterator[SecurityEntry]:
    """Each in a transaction of its own: nobody who reads slowly keeps one open."""
    while True:
        with ports.transactions(actor) as tx:
            page = tx.security.search(which)
        yield from page
        if len(page) < which.most:
            return
        which = attrs.evolve(which, before=page[-1].number)


def forget_security_events(ports: Ports) -> int:
    """How many entries were older than their period. A little at a time."""
    count = 0
    while True:
        with ports.transactions(SYSTEM) as tx:
            forgotten = tx.security.forget(at=ports.now(), most=FORGOTTEN_AT_ONCE)
        count += forgotten
        if forgotten < FORGOTTEN_AT_ONCE:
            return count
