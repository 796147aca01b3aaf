"""Work that failed, from all queues, from PostgreSQL."""

from typing import Any, Final

import attrs
from sqlalchemy import (
    ColumnElement,
    Engine,
    RowMapping,
    Select,
    bindparam,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from autodoctor.adapters.postgres.jobs import PLACES
from autodoctor.adapters.postgres.tables.operations import events, mails
from autodoctor.ports.jobs import FailedJob, Job, Queue
from autodoctor.ports.stores import Missing


def _of(queue: Queue) -> Select[Any]:
    """The failed ones of a queue, in columns that all queues have in common."""
    place = PLACES[queue]
    row = place.table.c
    return select(
        literal(queue.value).label("queue"),
        place.kind.label("kind"),
        place.subject.label("subject_id"),
        _about(queue).label("about"),
        row.last_error.label("reason"),
        row.failing_since.label("failing_since"),
        row.attempts.label("attempts"),
        place.due.label("next_attempt_at"),
        row.given_up_at.label("given_up_at"),
        _retryable(queue).label("retryable"),
    ).where(row.last_error.is_not(None), place.undone)


def _about(queue: Queue) -> ColumnElement[Any]:
    if queue is not Queue.DELIVERY:
        return literal("")
    subject = PLACES[queue].subject
    return select(events.c.kind).where(events.c.id == subject).scalar_subquery()


def _retryable(queue: Queue) -> ColumnElement[bool]:
    """What was removed from a mail with a secret cannot be sent."""
    if queue is not Queue.MAIL:
        return true()
    return or_(mails.c.secret.is_(false()), mails.c.given_up_at.is_(None))


_ALL: Final = union_all(*map(_of, Queue)).subquery("failed")
_NEWEST: Final = (
    select(_ALL)
    .order_by(_ALL.c.given_up_at.is_(null()), _ALL.c.failing_since.desc(), _ALL.c.subject_id)
    .limit(bindparam("most"))
)
_ONE: Final = select(_ALL).where(
    _ALL.c.queue == bindparam("queue"),
    _ALL.c.kind == bindparam("kind"),
    _ALL.c.subject_id == bindparam("subject_id"),
)
_GIVEN_UP: Final = (
    select(func.count())
    .select_from(_ALL)
    .where(_ALL.c.given_up_at.is_not(None), _ALL.c.queue != Queue.MAIL)
)


def _failed_job(row: RowMapping) -> FailedJob:
    values = dict(row)
    job = Job(Queue(values.pop("queue")), values.pop("kind"), values.pop("subject_id"))
    return FailedJob(job=job, **values)


@attrs.frozen
class PostgresJobQueries:
    _engine: Engine

    def failed(self, *, most: int) -> tuple[FailedJob, ...]:
        with self._engine.connect() as connection:
            rows = connection.execute(_NEWEST, {"most": most}).mappings()
            return tuple(map(_failed_job, rows))

    def one(self, job: Job, /) -> FailedJob:
        with self._engine.connect() as connection:
            found = connection.execute(_ONE, attrs.asdict(job)).mappings().first()
        if found is None:
            raise Missing("job")
        return _failed_job(found)

    def given_up(self) -> int:
        with self._engine.connect() as connection:
            return connection.execute(_GIVEN_UP).scalar_one()
