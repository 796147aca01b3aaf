"""Work that failed, in memory: beside its queue, how often it was tried."""

from datetime import datetime

import attrs

from autodoctor.adapters.memory.tables import Tables, Tries
from autodoctor.domain.shared.ids import EventId
from autodoctor.ports.jobs import Job, Queue
from autodoctor.ports.stores import Missing


def begun(tables: Tables, job: Job, *, retry_at: datetime | None = None) -> int:
    """Counts an attempt; how many there are now."""
    before = tables.tries.get(job, Tries())
    tables.tries[job] = attrs.evolve(before, attempts=before.attempts + 1, retry_at=retry_at)
    return before.attempts + 1


def given_up(tables: Tables, job: Job) -> bool:
    return tables.tries.get(job, Tries()).given_up_at is not None


def blank(tables: Tables, mail_id: object) -> None:
    """Nothing that opens something stays once a mail is over."""
    for key, queued in tuple(tables.mails.items()):
        if key == mail_id and queued.mail.secret:
            tables.mails[key] = attrs.evolve(queued, mail=queued.mail.blank)


def due_at(tables: Tables, job: Job) -> datetime | None:
    """When an undone job is due; None for one that is done or gone."""
    match job.queue:
        case Queue.TIMER:
            return tables.timers.get((job.kind, job.subject_id))
        case Queue.DEPARTURE:
            return tables.tries.get(job, Tries()).retry_at
        case Queue.DELIVERY:
            delivery = tables.deliveries.get((EventId(job.subject_id), job.kind))
            return None if delivery is None or delivery.done_at else delivery.due_at
        case Queue.MAIL:
            queued = tables.mails.get(job.subject_id)
            return None if queued is None or queued.sent_at else queued.due_at


def set_due(tables: Tables, job: Job, at: datetime) -> None:
    match job.queue:
        case Queue.TIMER:
            tables.timers[job.kind, job.subject_id] = at
        case Queue.DEPARTURE:
            tables.tries[job] = attrs.evolve(tables.tries[job], retry_at=at)
        case Queue.DELIVERY:
            key = (EventId(job.subject_id), job.kind)
            tables.deliveries[key] = attrs.evolve(tables.deliveries[key], due_at=at)
        case Queue.MAIL:
            queued = tables.mails[job.subject_id]
            tables.mails[job.subject_id] = attrs.evolve(queued, due_at=at)


@attrs.frozen
class MemoryJobs:
    _tables: Tables

    def begin(self, job: Job, /, *, lease: datetime) -> bool:
        if due_at(self._tables, job) is None or given_up(self._tables, job):
            return False
        begun(self._tables, job)
        set_due(self._tables, job, lease)
        return True

    def attempts(self, job: Job, /) -> int:
        if due_at(self._tables, job) is None:
            return 0
        return self._tables.tries.get(job, Tries()).attempts

    def put_off(self, job: Job, /, *, at: datetime, until: datetime, reason: str) -> None:
        self._failed(job, at=at, reason=reason)
        set_due(self._tables, job, until)

    def give_up(self, job: Job, /, *, at: datetime, reason: str) -> None:
        self._failed(job, at=at, reason=reason)
        self._tables.tries[job] = attrs.evolve(self._tables.tries[job], given_up_at=at)
        if job.queue is Queue.MAIL:
            blank(self._tables, job.subject_id)

    def _failed(self, job: Job, *, at: datetime, reason: str) -> None:
        before = self._tables.tries.get(job, Tries())
        since = before.failing_since or at
        self._tables.tries[job] = attrs.evolve(before, last_error=reason, failing_since=since)

    def give_up_exhausted(
        self, queue: Queue, /, *, at: datetime, attempts_max: int, reason: str
    ) -> int:
        over = [job for job in self._tables.tries if self._over(job, queue, at, attempts_max)]
        for job in over:
            self.give_up(job, at=at, reason=self._tables.tries[job].last_error or reason)
        return len(over)

    def _over(self, job: Job, queue: Queue, at: datetime, attempts_max: int) -> bool:
        tries, due = self._tables.tries[job], due_at(self._tables, job)
        used_up = tries.attempts >= attempts_max and not tries.given_up_at
        return job.queue is queue and used_up and due is not None and due <= at

    def retry(self, job: Job, /, *, at: datetime) -> None:
        tries = self._tables.tries.get(job, Tries())
        if not tries.last_error or due_at(self._tables, job) is None:
            raise Missing("job")
        self._tables.tries[job] = attrs.evolve(tries, attempts=0, given_up_at=None)
        set_due(self._tables, job, at)
