"""Work in the background that failed, for staff: what it is, why, and trying it again."""

from typing import Final

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.operations import JOBS
from autodoctor.application.operations.audit import write_down
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Conflict
from autodoctor.ports.bundle import Ports
from autodoctor.ports.jobs import FailedJob, Job

MOST: Final = 200


@attrs.frozen
class JobNotRetryable(Conflict):
    """The text of this mail was removed with the link in it; a new one has to be asked for."""


def failed_jobs(ports: Ports, *, actor: Actor) -> tuple[FailedJob, ...]:
    """Given up first, then those that will be tried again; no more than `MOST`."""
    may(actor, JOBS)
    return ports.queries.jobs.failed(most=MOST)


def retry_job(ports: Ports, *, actor: Actor, job: Job) -> None:
    """Try it again right away, with all its attempts. Refusals: Missing when it has not failed
    or is done meanwhile, JobNotRetryable."""
    may(actor, JOBS)
    found = ports.queries.jobs.one(job)
    if not found.retryable:
        raise JobNotRetryable()
    with ports.transactions(actor) as tx:
        tx.jobs.retry(job, at=ports.now())
        write_down(
            ports,
            tx,
            "retry failed job",
            by=actor,
            on=job.subject_id,
            kind=job.queue.value,
            job=job.kind,
            failed_with=found.reason,
        )
