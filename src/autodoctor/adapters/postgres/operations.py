"""Events and deliveries, timers, the live stream, mails and webhooks in PostgreSQL."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import attrs
import msgspec
from sqlalchemy import (
    Connection,
    RowMapping,
    bindparam,
    delete,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres import late
from autodoctor.adapters.postgres.rows import Row
from autodoctor.adapters.postgres.stored_events import data_of, event_of
from autodoctor.adapters.postgres.tables.operations import (
    deliveries,
    events,
    timers,
    webhooks,
)
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, EventId, SessionId
from autodoctor.ports.operations import HANDED_OUT_FOR, Due, Plain, Recorded
from autodoctor.ports.payment_notices import PaymentNotice

Routes = Mapping[type[Event], tuple[str, ...]]
"""Which consumers each kind of event is delivered to."""

Wake = Callable[[str], None]
"""Called with "outbox" or "live" when something was written that somebody waits for."""


def recorded_of(row: RowMapping) -> Recorded:
    event = event_of(row["kind"], row["data"])
    return Recorded(
        row["id"], event, row["at"], AccountId(row["actor_id"]), Role(row["actor_role"])
    )


@attrs.frozen
class PostgresOutbox:
    """What happened in a transaction is written at its end; `happened` is told at once."""

    _connection: Connection
    _routes: Routes
    _wake: Wake
    _happened: Callable[[Event, Actor, datetime], None]
    _recorded: list[tuple[EventId, Event, Actor, datetime]] = attrs.field(factory=list)

    def record(self, *happened: Event, by: Actor, at: datetime) -> None:
        self._recorded.extend((EventId(uuid4()), event, by, at) for event in happened)
        if any(self._routes.get(type(event)) for event in happened):
            self._wake("outbox")
        for event in happened:
            self._happened(event, by, at)

    def take(self) -> late.Rows:
        recorded = [_event_row(*each) for each in self._recorded]
        delivered = [
            {"event_id": key, "consumer": consumer, "due_at": at}
            for key, event, _, at in self._recorded
            for consumer in self._routes.get(type(event), ())
        ]
        self._recorded.clear()
        return {"recorded": recorded, "delivered": delivered}

    def begin(self, event_id: EventId, consumer: str, /) -> Recorded | None:
        values = {"event_id": event_id, "consumer": consumer}
        found = self._connection.execute(_BEGIN, values).mappings().first()
        return None if found is None else recorded_of(found)

    def finish(self, event_id: EventId, consumer: str, /, *, at: datetime) -> None:
        mine = (deliveries.c.event_id == event_id) & (deliveries.c.consumer == consumer)
        self._connection.execute(update(deliveries).where(mine).values(done_at=at))

    def due(
        self, *, at: datetime, most: int, lease: timedelta = HANDED_OUT_FOR
    ) -> tuple[tuple[EventId, str], ...]:
        values = {"at": at, "most": most, "lease": at + lease}
        rows = self._connection.execute(_CLAIM_DELIVERIES, values)
        return tuple((EventId(row.event_id), row.consumer) for row in rows)

    def of_session(self, session_id: SessionId, /) -> tuple[Recorded, ...]:
        late.write(self._connection, [self])
        mine = select(events).where(events.c.session_id == session_id).order_by(events.c.position)
        return tuple(map(recorded_of, self._connection.execute(mine).mappings()))


def _event_row(key: EventId, event: Event, by: Actor, at: datetime) -> Row:
    return {
        "id": key,
        "session_id": getattr(event, "session_id", None),
        "kind": type(event).__name__,
        "data": data_of(event),
        "actor_id": by.account_id,
        "actor_role": by.role,
        "at": at,
    }


_BEGIN = (
    select(events)
    .join_from(deliveries, events, events.c.id == deliveries.c.event_id)
    .where(
        deliveries.c.event_id == bindparam("event_id"),
        deliveries.c.consumer == bindparam("consumer"),
        deliveries.c.done_at.is_(None),
        deliveries.c.given_up_at.is_(None),
    )
    .with_for_update(of=deliveries, skip_locked=True, key_share=True)
)
_CLAIMABLE = (
    select(deliveries.c.event_id, deliveries.c.consumer)
    .where(
        deliveries.c.done_at.is_(None),
        deliveries.c.given_up_at.is_(None),
        deliveries.c.due_at <= bindparam("at"),
    )
    .order_by(deliveries.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM_DELIVERIES = (
    update(deliveries)
    .where(tuple_(deliveries.c.event_id, deliveries.c.consumer).in_(_CLAIMABLE))
    .values(
        due_at=bindparam("lease"),
    )
    .returning(deliveries.c.event_id, deliveries.c.consumer)
)


@attrs.frozen
class PostgresTimers:
    """Timers that are set in a transaction are written at its end."""

    _connection: Connection
    _due: dict[tuple[str, UUID], datetime | None] = attrs.field(factory=dict)

    def set(self, kind: str, subject_id: UUID, /, *, due_at: datetime) -> None:
        self._due[kind, subject_id] = due_at

    def replace(self, subject_id: UUID, due: Mapping[str, datetime | None], /) -> None:
        self._due.update({(kind, subject_id): at for kind, at in due.items()})

    def take(self) -> late.Rows:
        rows = [
            {"kind": kind, "subject_id": subject_id, "due_at": at}
            for (kind, subject_id), at in self._due.items()
        ]
        self._due.clear()
        return {
            "cleared": [row for row in rows if row["due_at"] is None],
            "due": [row for row in rows if row["due_at"] is not None],
        }

    def claim(self, *, at: datetime, lease: datetime, most: int) -> tuple[Due, ...]:
        late.write(self._connection, [self])
        values = {"at": at, "most": most, "lease": lease}
        rows = self._connection.execute(_CLAIM_TIMERS, values).all()
        oldest_first = sorted(rows, key=lambda row: row.due_at)
        return tuple(Due(row.kind, row.subject_id, row.due_at, lease) for row in oldest_first)

    def count_due(self, *, at: datetime) -> int:
        late.write(self._connection, [self])
        statement = select(func.count()).select_from(timers).where(_DUE)
        return self._connection.execute(statement, {"at": at}).scalar_one()

    def done(self, due: Due, /) -> None:
        late.write(self._connection, [self])
        mine = (timers.c.kind == due.kind) & (timers.c.subject_id == due.subject_id)
        still = mine & (timers.c.due_at == due.lease)
        self._connection.execute(delete(timers).where(still))


_DUE = (timers.c.due_at <= bindparam("at")) & timers.c.given_up_at.is_(None)
_FOUND = (
    select(timers.c.kind, timers.c.subject_id, timers.c.due_at)
    .where(_DUE)
    .order_by(timers.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("found")
)
_CLAIM_TIMERS = (
    update(timers)
    .where(timers.c.kind == _FOUND.c.kind, timers.c.subject_id == _FOUND.c.subject_id)
    .values(due_at=bindparam("lease"), attempts=timers.c.attempts + 1)
    .returning(timers.c.kind, timers.c.subject_id, _FOUND.c.due_at)
)


@attrs.frozen
class PostgresLive:
    """Everything told in a transaction is written at its end."""

    _connection: Connection
    _wake: Wake
    _told: list[Row] = attrs.field(factory=list)

    def tell(self, audience: str, kind: str, data: Plain, /) -> None:
        self._told.append({"audience": audience, "kind": kind, "data": data})
        self._wake("live")

    def take(self) -> late.Rows:
        told = self._told.copy()
        self._told.clear()
        return {"told": told}


@attrs.frozen
class PostgresWebhooks:
    _connection: Connection

    def store(self, notice: PaymentNotice, /, *, at: datetime) -> bool:
        row = {"id": notice.event_id, "kind": notice.kind, "received_at": at}
        data = {"data": msgspec.to_builtins(notice)}
        statement = upsert(webhooks).on_conflict_do_nothing()
        return self._connection.execute(statement, row | data).rowcount == 1

    def take(self, event_id: str, /) -> PaymentNotice | None:
        mine = (webhooks.c.id == event_id) & webhooks.c.handled_at.is_(None)
        statement = select(webhooks.c.data).where(mine).with_for_update(key_share=True)
        found = self._connection.execute(statement).scalar()
        return None if found is None else msgspec.convert(found, PaymentNotice)

    def handled(self, event_id: str, /, *, at: datetime) -> None:
        mine = webhooks.c.id == event_id
        self._connection.execute(update(webhooks).where(mine).values(handled_at=at))
