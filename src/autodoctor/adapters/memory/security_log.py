"""The security log in memory."""

from datetime import datetime
from typing import Any
from uuid import UUID

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.operations.security_bounds import admitted, counted_as, minute_of, times
from autodoctor.domain.operations.security_event import SecurityEvent, SecurityKind
from autodoctor.domain.shared.networks import network
from autodoctor.domain.shared.origin import Origin
from autodoctor.ports.security_log import KEPT, SecurityEntry, SecurityFilter


@attrs.frozen
class MemoryCounts:
    _counts: dict[tuple[SecurityKind, datetime, str], int]
    _kind: SecurityKind
    _minute: datetime

    def more(self, name: str, /) -> int | None:
        return self.add(name) if (self._kind, self._minute, name) in self._counts else None

    def add(self, name: str, /) -> int:
        key = (self._kind, self._minute, name)
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key]


@attrs.frozen
class MemorySecurityLog:
    _tables: Tables
    _origin: Origin

    def append(self, event: SecurityEvent, /) -> None:
        counts = MemoryCounts(self._tables.security_counts, event.kind, minute_of(event.at))
        entry = admitted(attrs.evolve(event, origin=self._origin), counts)
        if entry is not None:
            kept = self._tables.security_events
            kept[max(kept, default=0) + 1] = entry

    def knows(self, event: SecurityEvent, /, *, since: datetime) -> bool:
        kept = self._tables.security_events.values()
        return any(each.at >= since and self._same(each, event) for each in kept)

    def _same(self, entry: SecurityEvent, event: SecurityEvent) -> bool:
        return (
            entry.origin.address == self._origin.address
            and (entry.kind, entry.outcome) == (event.kind, event.outcome)
            and (entry.actor_id, entry.subject) == (event.actor_id, event.subject)
        )

    def search(self, which: SecurityFilter, /) -> tuple[SecurityEntry, ...]:
        kept = self._tables.security_events
        found = [number for number in sorted(kept, reverse=True) if _fits(number, kept, which)]
        return tuple(self._entry(number, kept[number]) for number in found[: which.most])

    def _entry(self, number: int, event: SecurityEvent) -> SecurityEntry:
        key = (event.kind, minute_of(event.at), counted_as(event))
        often = times(event, self._tables.security_counts.get(key, 0))
        names = self._name(event.actor_id), self._name(event.subject.id)
        return SecurityEntry(number, event, often, *names)

    def _name(self, key: UUID | None) -> str:
        here = self._tables
        tables: tuple[dict[UUID, Any], ...] = (here.accounts, here.workshops, here.organizations)
        return next((table[key].name for table in tables if key in table), "") if key else ""

    def forget(self, *, at: datetime, most: int) -> int:
        kept, counts = self._tables.security_events, self._tables.security_counts
        for key in [key for key in counts if key[1] < at - KEPT]:
            del counts[key]
        old = [number for number, event in kept.items() if event.at < at - KEPT][:most]
        for number in old:
            del kept[number]
        return len(old)


def _fits(number: int, kept: dict[int, SecurityEvent], which: SecurityFilter) -> bool:
    event = kept[number]
    address = event.origin.address
    return (
        (which.before is None or number < which.before)
        and which.kind in (None, event.kind)
        and which.outcome in (None, event.outcome)
        and which.person in (None, event.actor_id, event.subject.id)
        and which.subject in (None, event.subject.id)
        and which.address in (None, address, network(address))
        and which.request_id in (None, event.origin.request_id)
        and (which.since is None or event.at >= which.since)
        and (which.until is None or event.at < which.until)
    )
