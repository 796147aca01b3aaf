"""Events and deliveries, timers, the live stream, mails and webhooks in PostgreSQL."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import attrs
import msgspec
from sqlalchemy import (
    Connection,
    RowMapping,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.stored_events import data_of, event_of
from autodoctor.adapters.postgres.tables.operations import (
    deliveries,
    events,
    live,
    timers,
    webhooks,
)
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, EventId, SessionId
from autodoctor.ports.operations import Due, Plain, Recorded
from autodoctor.ports.payment_notices import PaymentNotice

Routes = Mapping[type[Event], tuple[str, ...]]
"""Which consumers each kind of event is delivered to."""

Wake = Callable[[str], None]
"""Called with "outbox" or "live" when something was written that somebody waits for."""

FIRST_WAIT: Final = timedelta(seconds=3)
LONGEST_WAIT: Final = timedelta(minutes=5)


def recorded_of(row: RowMapping) -> Recorded:
    event = event_of(row["kind"], row["data"])
    return Recorded(
        row["id"], event, row["at"], AccountId(row["actor_id"]), Role(row["actor_role"])
    )


@attrs.frozen
class PostgresOutbox:
    _connection: Connection
    _routes: Routes
    _wake: Wake

    def record(self, *happened: Event, by: Actor, at: datetime) -> None:
        if not happened:
            return
        rows = [_event_row(event, by, at) for event in happened]
        self._connection.execute(insert(events), rows)
        wanted = [
            {"event_id": row["id"], "consumer": consumer, "due_at": at}
            for row, event in zip(rows, happened, strict=True)
            for consumer in self._routes.get(type(event), ())
        ]
        if wanted:
            self._connection.execute(insert(deliveries), wanted)
            self._wake("outbox")

    def begin(self, event_id: EventId, consumer: str, /) -> Recorded | None:
        values = {"event_id": event_id, "consumer": consumer}
        found = self._connection.execute(_BEGIN, values).mappings().first()
        return None if found is None else recorded_of(found)

    def finish(self, event_id: EventId, consumer: str, /, *, at: datetime) -> None:
        mine = (deliveries.c.event_id == event_id) & (deliveries.c.consumer == consumer)
        self._connection.execute(update(deliveries).where(mine).values(done_at=at))

    def due(self, *, at: datetime, most: int) -> tuple[tuple[EventId, str], ...]:
        values = {"at": at, "most": most, "first": FIRST_WAIT, "longest": LONGEST_WAIT}
        rows = self._connection.execute(_CLAIM_DELIVERIES, values)
        return tuple((EventId(row.event_id), row.consumer) for row in rows)

    def of_session(self, session_id: SessionId, /) -> tuple[Recorded, ...]:
        mine = select(events).where(events.c.session_id == session_id).order_by(events.c.position)
        return tuple(map(recorded_of, self._connection.execute(mine).mappings()))


def _event_row(event: Event, by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(),
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
    )
    .with_for_update(of=deliveries, skip_locked=True)
)
_CLAIMABLE = (
    select(deliveries.c.event_id, deliveries.c.consumer)
    .where(deliveries.c.done_at.is_(None), deliveries.c.due_at <= bindparam("at"))
    .order_by(deliveries.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM_DELIVERIES = (
    update(deliveries)
    .where(tuple_(deliveries.c.event_id, deliveries.c.consumer).in_(_CLAIMABLE))
    .values(
        attempts=deliveries.c.attempts + 1,
        due_at=bindparam("at")
        + func.least(
            bindparam("first") * func.power(literal(2), func.least(deliveries.c.attempts, 20)),
            bindparam("longest"),
        ),
    )
    .returning(deliveries.c.event_id, deliveries.c.consumer)
)


@attrs.frozen
class PostgresTimers:
    _connection: Connection

    def set(self, kind: str, subject_id: UUID, /, *, due_at: datetime) -> None:
        self.replace(subject_id, {kind: due_at})

    def replace(self, subject_id: UUID, due: Mapping[str, datetime | None], /) -> None:
        gone = [kind for kind, at in due.items() if at is None]
        if gone:
            values = {"subject_id": subject_id, "kinds": gone}
            self._connection.execute(_CLEAR_TIMERS, values)
        rows = [
            {"kind": kind, "subject_id": subject_id, "due_at": at}
            for kind, at in due.items()
            if at is not None
        ]
        if rows:
            self._connection.execute(_SET_TIMER, rows)

    def claim(self, *, at: datetime, lease: datetime, most: int) -> tuple[Due, ...]:
        rows = self._connection.execute(_DUE_TIMERS, {"at": at, "most": most}).all()
        claimed = tuple(Due(row.kind, row.subject_id, row.due_at, lease) for row in rows)
        for due in claimed:
            self.set(due.kind, due.subject_id, due_at=lease)
        return claimed

    def count_due(self, *, at: datetime) -> int:
        statement = select(func.count()).select_from(timers).where(timers.c.due_at <= at)
        return self._connection.execute(statement).scalar_one()

    def done(self, due: Due, /) -> None:
        mine = (timers.c.kind == due.kind) & (timers.c.subject_id == due.subject_id)
        still = mine & (timers.c.due_at == due.lease)
        self._connection.execute(delete(timers).where(still))


_NEW_TIMER = upsert(timers)
_SET_TIMER = _NEW_TIMER.on_conflict_do_update(
    index_elements=["kind", "subject_id"], set_={"due_at": _NEW_TIMER.excluded.due_at}
)
_CLEAR_TIMERS = delete(timers).where(
    timers.c.subject_id == bindparam("subject_id"),
    timers.c.kind.in_(bindparam("kinds", expanding=True)),
)
_DUE_TIMERS = (
    select(timers)
    .where(timers.c.due_at <= bindparam("at"))
    .order_by(timers.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


@attrs.frozen
class PostgresLive:
    """Everything told in a transaction is written at its end, at once."""

    _connection: Connection
    _wake: Wake
    _told: list[dict[str, Any]] = attrs.field(factory=list)

    def tell(self, audience: str, kind: str, data: Plain, /) -> None:
        row = {"audience": audience, "kind": kind, "data": msgspec.to_builtins(data)}
        self._told.append(row)
        self._wake("live")

    def flush(self) -> None:
        if self._told:
            self._connection.execute(_TELL, self._told)


_TELL = insert(live).values(at=func.now()).inline()


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
        statement = select(webhooks.c.data).where(mine).with_for_update()
        found = self._connection.execute(statement).scalar()
        return None if found is None else msgspec.convert(found, PaymentNotice)

    def handled(self, event_id: str, /, *, at: datetime) -> None:
        mine = webhooks.c.id == event_id
        self._connection.execute(update(webhooks).where(mine).values(handled_at=at))
