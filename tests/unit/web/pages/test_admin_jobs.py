"""Staff see failed jobs on their page and retry them from there."""

import re
from uuid import uuid4

import attrs
import pytest
from flask.testing import FlaskClient

from autodoctor.application.operations.due import run_timers
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.ports.jobs import Job
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import with_role
from support.poison import bad_timer
from support.web import logged_in, web_in

PATH = "/admin/failed-jobs"


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def client(town: Town) -> FlaskClient:
    with_role(town, Role.ADMIN, email="admin@example.com")
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.by_email(EmailAddress("admin@example.com"))
    assert account is not None
    return logged_in(web_in(town), town, Actor(account.id, Role.ADMIN))


@pytest.fixture
def job(town: Town) -> Job:
    job = bad_timer(town)
    run_timers(town.ports)
    return job


def retry(client: FlaskClient, job: Job, **changes: object) -> str:
    page = client.get(PATH).text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    fields = {"csrf_token": found[1], **attrs.asdict(job), **changes}
    return client.post(f"{PATH}/retry", data=fields, follow_redirects=True).text


def test_a_failed_job_stands_there_with_its_reason(client: FlaskClient, job: Job) -> None:
    page = client.get(PATH).text

    assert "Timer: no such kind" in page
    assert "Broken: ValueError." in page
    assert str(job.subject_id) in page
    assert "Retrying" in page


def test_retrying_makes_it_due_and_says_so(client: FlaskClient, town: Town, job: Job) -> None:
    page = retry(client, job)

    assert "The job is tried again now." in page
    with town.kept(SYSTEM) as tx:
        assert tx.jobs.attempts(job) == 0


def test_a_job_that_does_not_fail_is_not_retried(client: FlaskClient, job: Job) -> None:
    page = retry(client, job, subject_id=uuid4())

    assert "This job does not fail any more." in page


@pytest.mark.parametrize("changes", [{"queue": "drawer"}, {"subject_id": "nothing"}])
def test_what_names_no_job_is_not_retried(
    client: FlaskClient, job: Job, changes: dict[str, str]
) -> None:
    assert "This job does not fail any more." in retry(client, job, **changes)


def test_without_failed_jobs_it_says_so(client: FlaskClient) -> None:
    assert "No failed jobs" in client.get(PATH).text


def test_programs_list_and_retry_them_too(client: FlaskClient, job: Job) -> None:
    body = {"queue": job.queue.value, "kind": job.kind, "subject_id": str(job.subject_id)}

    (listed,) = client.get("/api/admin/failed-jobs").get_json()["jobs"]
    answer = client.post("/api/admin/failed-jobs/retry", json=body)

    assert {name: listed[name] for name in body} == body
    assert (listed["attempts"], listed["reason"]) == (1, "Broken: ValueError.")
    assert answer.status_code == 204
