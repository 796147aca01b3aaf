"""Applications are decided by staff, answered by whose they are, and written down."""

from uuid import uuid4

import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.vetting.decide import answer, approve, ask, begin_review, reject
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, ApplicationId
from autodoctor.domain.vetting.application import (
    Application,
    ApplicationElsewhere,
    ApplicationKind,
    ApplicationStatus,
)
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import a_mechanic, memory_ports

STAFF = Actor(AccountId(uuid4()), Role.ADMIN)


@pytest.fixture
def ports() -> Ports:
    return memory_ports()


@pytest.fixture
def applicant(ports: Ports) -> Actor:
    return a_mechanic(ports, on_shift=False)


@pytest.fixture
def submitted(ports: Ports, applicant: Actor) -> Application:
    draft = Application(
        id=ApplicationId(uuid4()),
        kind=ApplicationKind.MECHANIC,
        subject_id=applicant.mechanic_id,
        applicant_id=applicant.account_id,
        created_at=ports.now(),
    )
    with ports.transactions(SYSTEM) as tx:
        tx.applications.add(draft)
        return tx.applications.save(draft.submit(at=ports.now())[0])


def deeds(ports: Ports, application: Application) -> list[tuple[str, str, AccountId]]:
    with ports.transactions(SYSTEM) as tx:
        found = tx.audit.of_subject(application.subject_id, most=9)
    return [(deed.action, deed.reason, deed.actor_id) for deed in found]


def test_an_approved_mechanic_may_work_and_it_is_written_down(
    ports: Ports, submitted: Application
) -> None:
    approved = approve(ports, actor=STAFF, application_id=submitted.id, reason="All is there.")
    again = approve(ports, actor=STAFF, application_id=submitted.id)

    assert again == approved
    assert approved.status is ApplicationStatus.APPROVED
    with ports.transactions(SYSTEM) as tx:
        assert tx.mechanics.get(submitted.subject_id).approved  # type: ignore[arg-type]
    assert deeds(ports, submitted) == [
        ("approve mechanic application", "All is there.", STAFF.account_id)
    ]


def test_a_rejection_keeps_its_reason_and_its_deed(ports: Ports, submitted: Application) -> None:
    rejected = reject(ports, actor=STAFF, application_id=submitted.id, reason="No licence.")

    assert (rejected.status, rejected.reason) == (ApplicationStatus.REJECTED, "No licence.")
    assert deeds(ports, submitted) == [
        ("reject mechanic application", "No licence.", STAFF.account_id)
    ]
    with pytest.raises(ApplicationElsewhere):
        approve(ports, actor=STAFF, application_id=submitted.id)


def test_a_question_goes_round(ports: Ports, submitted: Application, applicant: Actor) -> None:
    begin_review(ports, actor=STAFF, application_id=submitted.id)
    ask(ports, actor=STAFF, application_id=submitted.id, question="Which licence?")

    told = answer(ports, actor=applicant, subject_id=submitted.subject_id, answer="310T")

    assert told.status is ApplicationStatus.SUBMITTED
    assert (told.question, told.answer) == ("Which licence?", "310T")


def test_somebody_elses_application_is_not_there(ports: Ports, submitted: Application) -> None:
    ask(ports, actor=STAFF, application_id=submitted.id, question="Which licence?")
    other = a_mechanic(ports)

    with pytest.raises(Missing):
        answer(ports, actor=other, subject_id=submitted.subject_id, answer="310T")
    with pytest.raises(Missing):
        answer(ports, actor=other, subject_id=uuid4(), answer="310T")


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.MECHANIC, Role.WORKSHOP, Role.CORPORATE])
def test_only_staff_decide(ports: Ports, submitted: Application, role: Role) -> None:
    who, key = Actor(AccountId(uuid4()), role), submitted.id

    for step in (
        lambda: begin_review(ports, actor=who, application_id=key),
        lambda: ask(ports, actor=who, application_id=key, question="Which?"),
        lambda: approve(ports, actor=who, application_id=key),
        lambda: reject(ports, actor=who, application_id=key, reason="No."),
    ):
        with pytest.raises(WrongRole):
            step()
    assert deeds(ports, submitted) == []
