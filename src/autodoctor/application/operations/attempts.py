"""Doing one job of a queue: whatever it raises is recorded for it and affects no other job."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog

from autodoctor.domain.operations.retries import ATTEMPTS_MAX, next_attempt
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Refusal
from autodoctor.ports.bundle import Ports
from autodoctor.ports.jobs import Job, Queue
from autodoctor.ports.mail import MailRefused, MailUnavailable

log = structlog.get_logger(__name__)

NEVER_ENDED: Final = "It was started repeatedly and never came to an end."


Patience = Callable[[Exception, int, datetime], datetime | None]
"""When to try again after a failure, so many attempts, now; None for never."""


def _by_attempts(_error: Exception, attempts: int, at: datetime) -> datetime | None:
    return next_attempt(attempts=attempts, at=at)


def attempt(
    ports: Ports, job: Job, work: Callable[[], object], *, patience: Patience = _by_attempts
) -> bool:
    """Whether it succeeded. Otherwise the job waits longer each time and is given up in the
    end, by default after ATTEMPTS_MAX attempts. Raises only what recording the failure raises:
    an outage of the database, which is no single job's fault."""
    try:
        ports.transactions.again(work)
    except Exception as error:  # noqa: BLE001 - the outermost place of a job, as a handler's is of a request
        _record(ports, job, error, patience)
        return False
    return True


def _record(ports: Ports, job: Job, error: Exception, patience: Patience) -> None:
    reason, at = reason_of(error), ports.now()
    with ports.transactions(SYSTEM) as tx:
        attempts = tx.jobs.attempts(job)
        until = patience(error, attempts, at) if attempts else None
        if until is not None:
            tx.jobs.put_off(job, at=at, until=until, reason=reason)
        elif attempts:
            tx.jobs.give_up(job, at=at, reason=reason)
    log.warning(
        "job.failed",
        queue=job.queue.value,
        kind=job.kind,
        subject=str(job.subject_id),
        attempts=attempts,
        until=until,
        why=reason,
        exc_info=None if isinstance(error, Refusal) else error,
    )


def reason_of(error: Exception) -> str:
    """What staff read. Facts and messages may hold personal data and are left out, but for the
    words of the mail server, which say what to correct."""
    if isinstance(error, MailRefused | MailUnavailable):
        return error.reason
    return error.title if isinstance(error, Refusal) else f"Broken: {type(error).__name__}."


def give_up_exhausted(ports: Ports, queue: Queue) -> int:
    """Jobs that ended their process each time: nobody was left to record why."""
    with ports.transactions(SYSTEM) as tx:
        count = tx.jobs.give_up_exhausted(
            queue, at=ports.now(), attempts_max=ATTEMPTS_MAX, reason=NEVER_ENDED
        )
    if count:
        log.warning("job.given_up", queue=queue.value, count=count, why=NEVER_ENDED)
    return count
