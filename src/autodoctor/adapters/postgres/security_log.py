"""The security log in PostgreSQL, to which this role can only add."""

from datetime import datetime
from typing import Any, Final

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.corporate import organizations
from autodoctor.adapters.postgres.tables.mechanics import workshops
from autodoctor.adapters.postgres.tables.security import security_counts as counted
from autodoctor.adapters.postgres.tables.security import security_events as events
from autodoctor.domain.operations.security_bounds import OTHERS, admitted, minute_of, times
from autodoctor.domain.operations.security_event import (
    SecurityEvent,
    SecurityKind,
    SecurityOutcome,
    Subject,
)
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.networks import network
from autodoctor.domain.shared.origin import Origin
from autodoctor.ports.security_log import SecurityEntry, SecurityFilter

_KEY: Final[dict[str, Any]] = {
    "kind": bindparam("of"),
    "minute": bindparam("during"),
    "name": bindparam("called"),
}
_SAME = (
    (counted.c.kind == bindparam("of"))
    & (counted.c.minute == bindparam("during"))
    & (counted.c.name == bindparam("called"))
)
_MORE = update(counted).where(_SAME).values(count=counted.c.count + 1).returning(counted.c.count)
_ADD = (
    upsert(counted)
    .values(**_KEY, count=1)
    .on_conflict_do_update(
        index_elements=["kind", "minute", "name"], set_={"count": counted.c.count + 1}
    )
    .returning(counted.c.count)
)


@attrs.frozen
class PostgresCounts:
    """Who counts under the same name waits until this transaction ends, which is soon."""

    _connection: Connection
    _kind: SecurityKind
    _minute: datetime

    def more(self, name: str, /) -> int | None:
        count: int | None = self._connection.execute(_MORE, self._key(name)).scalar()
        return count

    def add(self, name: str, /) -> int:
        return int(self._connection.execute(_ADD, self._key(name)).scalar_one())

    def _key(self, name: str) -> dict[str, Any]:
        return {"of": self._kind, "during": self._minute, "called": name}


@attrs.frozen
class PostgresSecurityLog:
    _connection: Connection
    _origin: Origin

    def append(self, event: SecurityEvent, /) -> None:
        counts = PostgresCounts(self._connection, event.kind, minute_of(event.at))
        entry = admitted(attrs.evolve(event, origin=self._origin), counts)
        if entry is not None:
            self._connection.execute(insert(events), _row(entry))

    def knows(self, event: SecurityEvent, /, *, since: datetime) -> bool:
        same = select(events.c.number).where(
            events.c.subject_id == event.subject.id,
            events.c.subject_kind == event.subject.kind,
            events.c.actor_id == event.actor_id,
            events.c.kind == event.kind,
            events.c.outcome == event.outcome,
            events.c.address == self._origin.address,
            events.c.at >= since,
        )
        return bool(self._connection.execute(select(same.exists())).scalar_one())

    def search(self, which: SecurityFilter, /) -> tuple[SecurityEntry, ...]:
        found = _VIEW.where(*_conditions(which)).order_by(events.c.number.desc())
        rows = self._connection.execute(found.limit(which.most)).mappings()
        return tuple(map(_entry, rows))

    def forget(self, *, at: datetime, most: int) -> int:
        forgotten = select(func.forget_security_events(at, most))
        return int(self._connection.execute(forgotten).scalar_one())


def _row(event: SecurityEvent) -> dict[str, Any]:
    row = attrs.asdict(event, recurse=False)
    subject, origin = row.pop("subject"), row.pop("origin")
    return {
        **row,
        **attrs.asdict(origin),
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "network": network(origin.address) or origin.address,
    }


_actor, _subject = accounts.alias("actor"), accounts.alias("subject")
_MINUTE: Final = func.date_trunc("minute", events.c.at, "UTC")
_COUNTED_AS: Final = case((events.c.detail == OTHERS, OTHERS), else_=events.c.address)
_VIEW = (
    select(
        events,
        func.coalesce(counted.c.count, 0).label("count"),
        func.coalesce(_actor.c.name, "").label("actor_name"),
        func.coalesce(_subject.c.name, workshops.c.name, organizations.c.name, "").label(
            "subject_name"
        ),
    )
    .outerjoin(
        counted,
        events.c.many
        & (counted.c.kind == events.c.kind)
        & (counted.c.minute == _MINUTE)
        & (counted.c.name == _COUNTED_AS),
    )
    .outerjoin(_actor, _actor.c.id == events.c.actor_id)
    .outerjoin(_subject, _subject.c.id == events.c.subject_id)
    .outerjoin(workshops, workshops.c.id == events.c.subject_id)
    .outerjoin(organizations, organizations.c.id == events.c.subject_id)
)


def _event(row: RowMapping) -> SecurityEvent:
    return SecurityEvent(
        kind=SecurityKind(row["kind"]),
        at=row["at"],
        outcome=SecurityOutcome(row["outcome"]),
        actor_id=row["actor_id"],
        actor_role=Role(row["actor_role"]) if row["actor_role"] else None,
        key_id=row["key_id"],
        subject=Subject(row["subject_kind"], row["subject_id"]),
        detail=row["detail"],
        origin=Origin(row["address"], row["agent"], row["request_id"]),
        many=row["many"],
    )


def _entry(row: RowMapping) -> SecurityEntry:
    event = _event(row)
    often = times(event, row["count"])
    return SecurityEntry(row["number"], event, often, row["actor_name"], row["subject_name"])


def _conditions(which: SecurityFilter) -> list[ColumnElement[bool]]:
    same = {
        events.c.kind: which.kind,
        events.c.outcome: which.outcome,
        events.c.subject_id: which.subject,
        events.c.request_id: which.request_id,
    }
    asked = [column == value for column, value in same.items() if value is not None]
    if which.person is not None:
        asked.append(or_(events.c.actor_id == which.person, events.c.subject_id == which.person))
    if which.address is not None:
        asked.append(or_(events.c.address == which.address, events.c.network == which.address))
    if which.since is not None:
        asked.append(events.c.at >= which.since)
    if which.until is not None:
        asked.append(events.c.at < which.until)
    if which.before is not None:
        asked.append(events.c.number < which.before)
    return asked
