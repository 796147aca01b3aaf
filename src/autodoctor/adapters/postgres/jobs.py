"""Work that failed, in the rows of its queue in PostgreSQL."""

from datetime import datetime
from typing import Any, Final

import attrs
from sqlalchemy import ColumnElement, Connection, Table, func, select, true, update

from autodoctor.adapters.postgres.mails import blank
from autodoctor.adapters.postgres.tables.operations import deliveries, mails, timers
from autodoctor.adapters.postgres.tables.sessions import presence
from autodoctor.ports.jobs import Job, Queue
from autodoctor.ports.stores import Missing


@attrs.frozen
class Place:
    """Where a queue's rows are. `due` holds a row back; `undone` says which are still to do."""

    table: Table
    kind: ColumnElement[Any]
    subject: ColumnElement[Any]
    due: ColumnElement[Any]
    undone: ColumnElement[bool] = attrs.field(factory=true)

    def of(self, job: Job) -> ColumnElement[bool]:
        return (self.kind == job.kind) & (self.subject == job.subject_id) & self.undone


PLACES: Final = {
    Queue.TIMER: Place(timers, timers.c.kind, timers.c.subject_id, timers.c.due_at),
    Queue.DEPARTURE: Place(presence, presence.c.party, presence.c.session_id, presence.c.retry_at),
    Queue.DELIVERY: Place(
        deliveries,
        deliveries.c.consumer,
        deliveries.c.event_id,
        deliveries.c.due_at,
        deliveries.c.done_at.is_(None),
    ),
    Queue.MAIL: Place(
        mails, mails.c.occasion, mails.c.id, mails.c.due_at, mails.c.sent_at.is_(None)
    ),
}


@attrs.frozen
class PostgresJobs:
    _connection: Connection

    def begin(self, job: Job, /, *, lease: datetime) -> bool:
        place = PLACES[job.queue]
        row = place.table.c
        begun = {"attempts": row.attempts + 1, place.due.key: lease}
        mine = update(place.table).where(place.of(job), row.given_up_at.is_(None))
        return self._connection.execute(mine.values(begun)).rowcount == 1

    def attempts(self, job: Job, /) -> int:
        place = PLACES[job.queue]
        statement = select(place.table.c.attempts).where(place.of(job)).with_for_update()
        return self._connection.execute(statement).scalar() or 0

    def put_off(self, job: Job, /, *, at: datetime, until: datetime, reason: str) -> None:
        self._failed(job, at, reason, {PLACES[job.queue].due.key: until})

    def give_up(self, job: Job, /, *, at: datetime, reason: str) -> None:
        self._failed(job, at, reason, {"given_up_at": at})
        if job.queue is Queue.MAIL:
            blank(self._connection, job.subject_id)

    def _failed(self, job: Job, at: datetime, reason: str, after: dict[Any, datetime]) -> None:
        place = PLACES[job.queue]
        since = func.coalesce(place.table.c.failing_since, at)
        values = {"last_error": reason, "failing_since": since} | after
        self._connection.execute(update(place.table).where(place.of(job)).values(values))

    def give_up_exhausted(
        self, queue: Queue, /, *, at: datetime, attempts_max: int, reason: str
    ) -> int:
        place = PLACES[queue]
        row = place.table.c
        over = place.undone & row.given_up_at.is_(None) & (place.due <= at)
        statement = (
            update(place.table)
            .where(over, row.attempts >= attempts_max)
            .values(
                given_up_at=at,
                last_error=func.coalesce(row.last_error, reason),
                failing_since=func.coalesce(row.failing_since, at),
            )
        )
        return self._connection.execute(statement).rowcount

    def retry(self, job: Job, /, *, at: datetime) -> None:
        place = PLACES[job.queue]
        row = place.table.c
        anew = {place.due.key: at, "attempts": 0, "given_up_at": None}
        statement = update(place.table).where(place.of(job), row.last_error.is_not(None))
        if self._connection.execute(statement.values(anew)).rowcount == 0:
            raise Missing("job")
