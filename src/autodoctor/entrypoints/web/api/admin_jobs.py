"""Failed jobs, for staff."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.application.access.operations import JOBS
from autodoctor.application.operations.failed_jobs import JobNotRetryable, failed_jobs, retry_job
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.jobs import FailedJob, Job, Queue
from autodoctor.ports.stores import Missing

admin_jobs = Endpoints("Admin")


@attrs.frozen(kw_only=True)
class FailedJobAnswer:
    """`given_up_at` is null for one that will be tried again at `next_attempt_at`. `about` names
    the event of a delivery."""

    queue: Queue
    kind: str
    subject_id: UUID
    about: str
    reason: str
    failing_since: datetime
    attempts: int
    next_attempt_at: datetime
    given_up_at: datetime | None
    retryable: bool


@attrs.frozen
class FailedJobsAnswer:
    jobs: tuple[FailedJobAnswer, ...]


class RetryBody(Body):
    queue: Queue
    kind: str
    subject_id: UUID


@admin_jobs.route("GET", "/api/admin/failed-jobs", action=JOBS, answer=FailedJobsAnswer)
def listed(call: Call) -> FailedJobsAnswer:
    """Background jobs that failed: first those given up, then those that will be tried again."""
    return FailedJobsAnswer(tuple(map(_answer, failed_jobs(call.ports, actor=call.who))))


def _answer(failed: FailedJob) -> FailedJobAnswer:
    values = attrs.asdict(failed, recurse=False)
    return FailedJobAnswer(**attrs.asdict(values.pop("job")), **values)


@admin_jobs.route(
    "POST",
    "/api/admin/failed-jobs/retry",
    action=JOBS,
    body=RetryBody,
    refusals=(Missing, JobNotRetryable),
)
def retry(call: Call, *, body: RetryBody) -> None:
    """Try a failed job again right away."""
    job = Job(body.queue, body.kind, body.subject_id)
    retry_job(call.ports, actor=call.who, job=job)
