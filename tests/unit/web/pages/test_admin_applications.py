"""Staff decide on applications page by page; what is wrong is said at its field."""

import re
from datetime import date
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import ApplicationId
from autodoctor.domain.vetting.application import Application, ApplicationKind, ApplicationStatus
from autodoctor.domain.vetting.document import Document, DocumentStatus
from autodoctor.testing.ports import Town, a_mechanic, memory_town
from support.newcomers import with_role
from support.vetting import new_document
from support.web import logged_in, web_in


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
def application(town: Town) -> Application:
    who = a_mechanic(town.ports, on_shift=False)
    draft = Application(
        id=ApplicationId(uuid4()),
        kind=ApplicationKind.MECHANIC,
        subject_id=who.mechanic_id,
        applicant_id=who.account_id,
        created_at=town.clock.now(),
    )
    with town.kept(SYSTEM) as tx:
        tx.applications.add(draft)
        return tx.applications.save(draft.submit(at=town.clock.now())[0])


@pytest.fixture
def paper(town: Town, application: Application) -> Document:
    last = date(2031, 5, 17)
    made = new_document(town.kept, subject_id=application.subject_id, expires_on=last)
    with town.kept(SYSTEM) as tx:
        tx.submitted_documents.add(made)
    return made


def send(client: FlaskClient, page: str, path: str, **form: str) -> tuple[int, str]:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert found is not None
    answer = client.post(page + path, data={"csrf_token": found[1], **form})
    return answer.status_code, answer.text


def status_of(town: Town, application: Application) -> ApplicationStatus:
    with town.kept(SYSTEM) as tx:
        return tx.applications.get(application.id).status


def test_each_application_stands_under_its_tab(
    client: FlaskClient, application: Application
) -> None:
    link = f"/admin/mechanics/{application.subject_id}"

    assert link in client.get("/admin/mechanics").text
    assert link in client.get("/admin/mechanics?show=waiting&text=morgan").text
    assert link not in client.get("/admin/mechanics?show=approved").text
    assert link not in client.get("/admin/mechanics?text=nobody").text


def test_a_rejection_without_a_reason_is_none(
    town: Town, client: FlaskClient, application: Application
) -> None:
    page = f"/admin/mechanics/{application.subject_id}"

    status, text = send(client, page, "/reject", reason=" ")

    assert status == 422
    assert "Say it in a sentence." in text
    assert status_of(town, application) is ApplicationStatus.SUBMITTED
    assert send(client, page, "/reject", reason="No licence.")[0] == 303
    assert status_of(town, application) is ApplicationStatus.REJECTED


def test_a_review_is_begun_and_ends_in_an_approval(
    town: Town, client: FlaskClient, application: Application
) -> None:
    page = f"/admin/mechanics/{application.subject_id}"

    assert send(client, page, "/review")[0] == 303
    assert status_of(town, application) is ApplicationStatus.UNDER_REVIEW
    assert send(client, page, "/approve", note="All is there.")[0] == 303
    assert status_of(town, application) is ApplicationStatus.APPROVED
    told = client.get(page).text
    assert "All is there." in told
    assert "/reject" not in told


def test_a_paper_is_refused_with_a_reason_and_once(
    town: Town, client: FlaskClient, application: Application, paper: Document
) -> None:
    page = f"/admin/mechanics/{application.subject_id}"
    path = f"/papers/{paper.id}"

    assert send(client, page, f"{path}/refuse", why="")[0] == 422
    assert send(client, page, f"{path}/accept", last_day="soon")[0] == 422
    assert send(client, page, f"{path}/refuse", why="Cut off.")[0] == 303
    assert send(client, page, f"{path}/accept")[0] == 409
    with town.kept(SYSTEM) as tx:
        kept = tx.submitted_documents.get(paper.id)
    assert (kept.status, kept.reason) == (DocumentStatus.REJECTED, "Cut off.")


def test_a_paper_is_reviewed_under_its_own_mechanic_alone(
    town: Town, client: FlaskClient, application: Application
) -> None:
    other = new_document(town.kept)
    with town.kept(SYSTEM) as tx:
        tx.submitted_documents.add(other)
    page = f"/admin/mechanics/{application.subject_id}"

    assert send(client, page, f"/papers/{other.id}/accept")[0] == 404
    with town.kept(SYSTEM) as tx:
        assert tx.submitted_documents.get(other.id).status is DocumentStatus.PENDING
