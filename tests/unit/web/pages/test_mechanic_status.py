"""Where an application stands, and the papers it still needs."""

from uuid import UUID

import pytest

from autodoctor.domain.shared.ids import AccountId, ApplicationId
from autodoctor.domain.vetting.application import Application, ApplicationKind, ApplicationStatus
from autodoctor.entrypoints.web.pages.document_views import needed
from autodoctor.entrypoints.web.pages.forms import form_view
from autodoctor.entrypoints.web.pages.mechanic_status import StatusView, status_view
from support.seen import NOW, WHEN

PAPERS = needed((), today=NOW.date())


def view(status: ApplicationStatus) -> StatusView:
    found = Application(
        id=ApplicationId(UUID(int=1)),
        kind=ApplicationKind.MECHANIC,
        subject_id=UUID(int=2),
        applicant_id=AccountId(UUID(int=3)),
        created_at=NOW,
        submitted_at=NOW,
        status=status,
    )
    return status_view(found, WHEN, form_view(("answer",)), papers=PAPERS)


@pytest.mark.parametrize(
    "status", sorted(set(ApplicationStatus) - {ApplicationStatus.DRAFT, ApplicationStatus.REJECTED})
)
def test_what_is_handed_in_says_which_papers_are_needed(status: ApplicationStatus) -> None:
    assert len(PAPERS) == 2
    assert view(status).papers == PAPERS


@pytest.mark.parametrize("status", [ApplicationStatus.DRAFT, ApplicationStatus.REJECTED])
def test_what_is_not_handed_in_does_not_ask_for_papers(status: ApplicationStatus) -> None:
    assert view(status).papers == ()


def test_when_it_was_handed_in_reads_as_a_sentence() -> None:
    assert view(ApplicationStatus.SUBMITTED).when.startswith("Handed in today, ")
