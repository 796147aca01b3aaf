"""Work in the background that failed: put off, given up, tried again by staff."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

import attrs


class Queue(StrEnum):
    """Where work waits. Webhooks, refunds, transfers and reversals are deliveries of events."""

    TIMER = "timer"
    DEPARTURE = "departure"
    DELIVERY = "delivery"
    MAIL = "mail"


@attrs.frozen
class Job:
    """A piece of work by its place in a queue. `kind` is a timer's kind, a departure's party, a
    delivery's consumer or a mail's occasion; `subject_id` the id of what it is about: a timer's
    subject, a session, an event, a mail."""

    queue: Queue
    kind: str
    subject_id: UUID


class Jobs(Protocol):
    """An attempt is counted when it begins, so that one that ends its process is counted too: by
    the claim of a timer, a departure or a mail, by `begin` for a delivery, which may wait in
    between. A job that is set anew in the meantime starts again at zero."""

    def begin(self, job: Job, /, *, lease: datetime) -> bool:
        """It comes up again at `lease` if nothing is said of it. False when it is done, gone or
        given up, and not to be begun."""

    def attempts(self, job: Job, /) -> int:
        """How many were begun; 0 when the job is done, gone, or was set anew."""

    def put_off(self, job: Job, /, *, at: datetime, until: datetime, reason: str) -> None:
        """It failed at `at` and is not handed out before `until`."""

    def give_up(self, job: Job, /, *, at: datetime, reason: str) -> None:
        """It is kept, and not handed out again."""

    def give_up_exhausted(
        self, queue: Queue, /, *, at: datetime, attempts_max: int, reason: str
    ) -> int:
        """Those due whose attempts are used up although no failure was recorded; how many."""

    def retry(self, job: Job, /, *, at: datetime) -> None:
        """Due at once, with its attempts at zero. Raises Missing when it has not failed."""


@attrs.frozen(kw_only=True)
class FailedJob:
    """`about` names the event of a delivery and is empty otherwise. `retryable` is False for a
    mail whose text, which held a secret, was removed when it was given up."""

    job: Job
    about: str
    reason: str
    failing_since: datetime
    attempts: int
    next_attempt_at: datetime
    given_up_at: datetime | None
    retryable: bool = True


class JobQueries(Protocol):
    def failed(self, *, most: int) -> tuple[FailedJob, ...]:
        """Those given up first, then those that will be tried again; newest failures first."""

    def one(self, job: Job, /) -> FailedJob:
        """Raises Missing when it has not failed."""

    def given_up(self) -> int:
        """How many are not tried again, mails not counted."""
