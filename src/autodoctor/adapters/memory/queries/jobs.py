"""Work that failed, over what was committed in memory."""

from collections.abc import Iterator

import attrs

from autodoctor.adapters.memory.jobs import due_at
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.shared.ids import EventId
from autodoctor.ports.jobs import FailedJob, Job, Queue
from autodoctor.ports.stores import Missing


@attrs.frozen
class MemoryJobQueries:
    _kept: MemoryTransactions

    def failed(self, *, most: int) -> tuple[FailedJob, ...]:
        newest = sorted(self._failed(), key=lambda each: each.failing_since, reverse=True)
        return tuple(sorted(newest, key=lambda each: each.given_up_at is None)[:most])

    def one(self, job: Job, /) -> FailedJob:
        for each in self._failed():
            if each.job == job:
                return each
        raise Missing("job")

    def given_up(self) -> int:
        over = (each for each in self._failed() if each.given_up_at is not None)
        return sum(each.job.queue is not Queue.MAIL for each in over)

    def _failed(self) -> Iterator[FailedJob]:
        for job, tries in self._kept.tables.tries.items():
            due = due_at(self._kept.tables, job)
            if tries.failing_since is None or due is None:
                continue
            yield FailedJob(
                job=job,
                about=self._about(job),
                reason=tries.last_error,
                failing_since=tries.failing_since,
                attempts=tries.attempts,
                next_attempt_at=due,
                given_up_at=tries.given_up_at,
                retryable=self._retryable(job) or tries.given_up_at is None,
            )

    def _about(self, job: Job) -> str:
        if job.queue is not Queue.DELIVERY:
            return ""
        return type(self._kept.tables.events[EventId(job.subject_id)].event).__name__

    def _retryable(self, job: Job) -> bool:
        return (
            job.queue is not Queue.MAIL or not self._kept.tables.mails[job.subject_id].mail.secret
        )
