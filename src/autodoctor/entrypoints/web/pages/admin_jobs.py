"""Background jobs that failed: what, why, since when, and a button to try each again."""

from typing import Final

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.operations import JOBS
from autodoctor.application.operations.failed_jobs import JobNotRetryable, failed_jobs, retry_job
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.forms import attempt, typed
from autodoctor.entrypoints.web.pages.ids import id_in
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Fact
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.jobs import FailedJob, Job, Queue
from autodoctor.ports.stores import Missing

PATH: Final = "/admin/failed-jobs"
FIELDS: Final = ("queue", "kind", "subject_id")
TITLES: Final = {
    Queue.TIMER: "Timer",
    Queue.DEPARTURE: "Departure from a room",
    Queue.DELIVERY: "Event",
    Queue.MAIL: "Mail",
}
SUBJECTS: Final = {
    Queue.TIMER: "Subject",
    Queue.DEPARTURE: "Session",
    Queue.DELIVERY: "Event",
    Queue.MAIL: "Mail",
}

pages = Blueprint("admin_jobs", __name__, url_prefix=PATH)


@attrs.frozen(kw_only=True)
class JobCard:
    """What names the job is hidden in its form."""

    title: str
    state: str
    tone: Tone
    facts: tuple[Fact, ...]
    hidden: dict[str, str]
    retryable: bool


@pages.get("")
@asks(JOBS)
def listed() -> str:
    here = call()
    found = failed_jobs(here.ports, actor=here.who)
    view = tuple(job_card(each, when(here)) for each in found)
    return render_template("admin/failed_jobs.html", jobs=view)


@pages.post("/retry")
@asks(JOBS)
def retry() -> Response:
    here, values = call(), typed(FIELDS)
    refused = attempt(
        lambda: retry_job(here.ports, actor=here.who, job=_job(values)), Missing, JobNotRetryable
    )
    flash(_said(refused))
    return redirect(PATH, code=303)


def _job(values: dict[str, str]) -> Job:
    """Raises Missing for what is none."""
    if values["queue"] not in list(Queue):
        raise Missing("job")
    subject_id = id_in(values["subject_id"], kind="job")
    return Job(Queue(values["queue"]), values["kind"], subject_id)


def _said(refused: object) -> str:
    match refused:
        case Missing():
            return "This job does not fail any more."
        case JobNotRetryable():
            return JobNotRetryable.title
        case _:
            return "The job is tried again now."


def job_card(failed: FailedJob, when: When) -> JobCard:
    job = failed.job
    over = failed.given_up_at is not None
    about = failed.about or job.kind.replace("_", " ")
    return JobCard(
        title=f"{TITLES[job.queue]}: {about}",
        state="Given up" if over else "Retrying",
        tone=Tone.BAD if over else Tone.WARN,
        facts=_facts(failed, when),
        hidden={"queue": job.queue, "kind": job.kind, "subject_id": str(job.subject_id)},
        retryable=failed.retryable,
    )


def _facts(failed: FailedJob, when: When) -> tuple[Fact, ...]:
    job, over = failed.job, failed.given_up_at
    last = (
        Fact("Next attempt", when.moment(failed.next_attempt_at))
        if over is None
        else Fact("Given up", when.moment(over))
    )
    return (
        Fact("Reason", failed.reason),
        Fact("Failing since", when.moment(failed.failing_since)),
        Fact("Attempts", str(failed.attempts)),
        last,
        Fact(SUBJECTS[job.queue], str(job.subject_id)),
    )
