"""Staff look through applications, and applicants read by mail what was said of theirs."""

from uuid import uuid4

import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.vetting.applications import (
    applicant,
    application_id_of,
    applications,
    paper_of,
)
from autodoctor.application.vetting.decide import approve, ask, reject
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, ApplicationId, MechanicId
from autodoctor.domain.vetting.application import Application, ApplicationKind, ApplicationStatus
from autodoctor.ports.operations import Mail
from autodoctor.ports.people_queries import ApplicationFilter
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_mechanic, deliver_all, memory_town
from support.vetting import new_document

STAFF = Actor(AccountId(uuid4()), Role.ADMIN)


@pytest.fixture
def town() -> Town:
    return memory_town()


def apply(town: Town) -> Application:
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
def submitted(town: Town) -> Application:
    return apply(town)


def mailed(town: Town) -> list[Mail]:
    """Everything queued, once all is delivered."""
    deliver_all(town)
    found = []
    with town.kept(SYSTEM) as tx:
        while outgoing := tx.mails.claim(at=town.clock.now(), lease=town.clock.now()):
            tx.mails.sent(outgoing.mail.id, at=town.clock.now())
            found.append(outgoing.mail)
    return found


def test_a_question_is_mailed_as_text_and_as_html(town: Town, submitted: Application) -> None:
    ask(town.ports, actor=STAFF, application_id=submitted.id, question="Is <b> 310T yours?")

    (mail,) = mailed(town)

    assert mail.subject == "A question about your application"
    assert "Is <b> 310T yours?" in mail.text
    assert "Is &lt;b&gt; 310T yours?" in mail.html
    assert "https://autodoctor.example/mechanic/status" in mail.text


def test_who_is_let_in_is_mailed_once(town: Town, submitted: Application) -> None:
    for _ in range(2):
        approve(town.ports, actor=STAFF, application_id=submitted.id)

    (mail,) = mailed(town)

    assert mail.subject == "Welcome to autodoctor: you are approved"
    assert "/mechanic/dashboard" in mail.text


def test_a_rejection_is_mailed_with_its_reason(town: Town, submitted: Application) -> None:
    reject(town.ports, actor=STAFF, application_id=submitted.id, reason="The licence is not yours.")

    (mail,) = mailed(town)

    assert "The licence is not yours." in mail.text
    assert "The licence is not yours." in mail.html


def test_nobody_is_written_to_who_has_left(town: Town, submitted: Application) -> None:
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(submitted.applicant_id, lock=True)
        tx.accounts.save(account.stand(Standing.CLOSED))

    reject(town.ports, actor=STAFF, application_id=submitted.id, reason="Gone.")

    assert mailed(town) == []


def test_the_list_says_how_many_there_are_on_all_pages(town: Town, submitted: Application) -> None:
    second = apply(town)
    decided = apply(town)
    approve(town.ports, actor=STAFF, application_id=decided.id)
    waiting = frozenset({ApplicationStatus.SUBMITTED})

    found = applications(
        town.ports, actor=STAFF, which=ApplicationFilter(statuses=waiting, skip=1, most=1)
    )

    assert [each.id for each in found.rows] == [max(submitted.id, second.id)]
    assert found.total == 2
    assert found.by_status == {ApplicationStatus.SUBMITTED: 2, ApplicationStatus.APPROVED: 1}


def test_an_applicant_is_shown_with_their_papers_and_what_was_done(
    town: Town, submitted: Application
) -> None:
    mechanic_id = MechanicId(submitted.subject_id)
    paper = new_document(town.kept, subject_id=mechanic_id)
    with town.kept(SYSTEM) as tx:
        tx.submitted_documents.add(paper)
    approve(town.ports, actor=STAFF, application_id=submitted.id, reason="All is there.")

    found = applicant(town.ports, actor=STAFF, mechanic_id=mechanic_id)

    assert found.mechanic.approved
    assert [each.document.id for each in found.papers] == [paper.id]
    assert [deed.reason for deed in found.deeds] == ["All is there."]
    file = paper_of(town.ports, actor=STAFF, mechanic_id=mechanic_id, document_id=paper.id)
    assert file.id == paper.file_id


def test_a_paper_of_somebody_else_is_not_there(town: Town, submitted: Application) -> None:
    paper = new_document(town.kept)
    with town.kept(SYSTEM) as tx:
        tx.submitted_documents.add(paper)

    with pytest.raises(Missing):
        paper_of(
            town.ports,
            actor=STAFF,
            mechanic_id=MechanicId(submitted.subject_id),
            document_id=paper.id,
        )


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.MECHANIC, Role.WORKSHOP, Role.CORPORATE])
def test_only_staff_look_through_applications(
    town: Town, submitted: Application, role: Role
) -> None:
    who, key = Actor(submitted.applicant_id, role), MechanicId(submitted.subject_id)

    for look in (
        lambda: applications(town.ports, actor=who, which=ApplicationFilter()),
        lambda: applicant(town.ports, actor=who, mechanic_id=key),
        lambda: application_id_of(town.ports, actor=who, mechanic_id=key),
    ):
        with pytest.raises(WrongRole):
            look()
