"""An application: somebody asks to work here, and staff decide.

draft → submitted → under review → approved
              ↑            │     ↘ rejected → draft (they may try again)
              └── more information required
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import attrs

from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, ApplicationId
from autodoctor.domain.shared.texts import check_text
from autodoctor.domain.vetting.events import (
    ApplicationApproved,
    ApplicationRejected,
    ApplicationSubmitted,
    InformationAsked,
    InformationGiven,
    ReviewBegun,
)


class ApplicationKind(StrEnum):
    MECHANIC = "mechanic"
    WORKSHOP = "workshop"
    ORGANIZATION = "organization"


class ApplicationStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    MORE_INFORMATION_REQUIRED = "more_information_required"
    APPROVED = "approved"
    REJECTED = "rejected"


_DRAFT, _SUBMITTED, _REVIEW = (
    ApplicationStatus.DRAFT,
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.UNDER_REVIEW,
)
_ASKED, _APPROVED, _REJECTED = (
    ApplicationStatus.MORE_INFORMATION_REQUIRED,
    ApplicationStatus.APPROVED,
    ApplicationStatus.REJECTED,
)

STEPS: Final = frozenset(
    {
        (_DRAFT, _SUBMITTED),
        (_SUBMITTED, _REVIEW),
        *(
            (open_, decided)
            for open_ in (_SUBMITTED, _REVIEW)
            for decided in (_APPROVED, _REJECTED)
        ),
        *((open_, _ASKED) for open_ in (_SUBMITTED, _REVIEW)),
        (_ASKED, _SUBMITTED),
        (_ASKED, _REJECTED),
        (_REJECTED, _DRAFT),
    }
)
"""Every step there is; who may take it is the use case's question."""

OPEN: Final = (_SUBMITTED, _REVIEW, _ASKED)
"""Handed in and not decided."""


@attrs.frozen
class ApplicationElsewhere(Conflict):
    """The application is in a state that does not allow this."""

    status: ApplicationStatus
    wanted: ApplicationStatus


@attrs.frozen(kw_only=True)
class Application:
    """`subject_id` is the mechanic, workshop or company that is to be let in; what they
    told of themselves stands there. `reason` is told to a rejected applicant."""

    id: ApplicationId
    kind: ApplicationKind
    subject_id: UUID
    applicant_id: AccountId
    created_at: datetime
    status: ApplicationStatus = ApplicationStatus.DRAFT
    submitted_at: datetime | None = None
    question: str = ""
    answer: str = ""
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: AccountId | None = None
    version: int = 0

    def submit(self, *, at: datetime) -> tuple["Application", tuple[Event, ...]]:
        """Handing in what is handed in changes nothing."""
        if self.status in (_SUBMITTED, _REVIEW):
            return self, ()
        after = self._moved(_SUBMITTED, submitted_at=at)
        return after, (ApplicationSubmitted(self.id, self.kind, self.subject_id),)

    def begin_review(self) -> tuple["Application", tuple[Event, ...]]:
        if self.status is _REVIEW:
            return self, ()
        return self._moved(_REVIEW), (ReviewBegun(self.id),)

    def ask(self, question: str) -> tuple["Application", tuple[Event, ...]]:
        """Raises InvalidField."""
        asked = check_text("question", question)
        after = self._moved(_ASKED, question=asked, answer="")
        return after, (InformationAsked(self.id, self.applicant_id, asked),)

    def tell(self, answer: str, *, at: datetime) -> tuple["Application", tuple[Event, ...]]:
        """The applicant answers; it waits to be looked at again. Raises InvalidField."""
        told = check_text("answer", answer)
        if self.status is not _ASKED:
            raise ApplicationElsewhere(self.status, _SUBMITTED)
        after = self._moved(_SUBMITTED, answer=told, submitted_at=at)
        return after, (InformationGiven(self.id),)

    def approve(self, *, by: AccountId, at: datetime) -> tuple["Application", tuple[Event, ...]]:
        """Approving again changes nothing."""
        if self.status is _APPROVED:
            return self, ()
        after = self._moved(_APPROVED, decided_by=by, decided_at=at, reason="")
        return after, (ApplicationApproved(self.id, self.kind, self.subject_id, self.applicant_id),)

    def reject(
        self, reason: str, *, by: AccountId, at: datetime
    ) -> tuple["Application", tuple[Event, ...]]:
        """Rejecting again changes nothing, and keeps the first reason. Raises InvalidField."""
        if self.status is _REJECTED:
            return self, ()
        told = check_text("reason", reason)
        after = self._moved(_REJECTED, decided_by=by, decided_at=at, reason=told)
        return after, (
            ApplicationRejected(self.id, self.kind, self.subject_id, self.applicant_id, told),
        )

    def try_again(self) -> "Application":
        """Back to a draft with everything that was told."""
        if self.status is _DRAFT:
            return self
        return self._moved(_DRAFT, submitted_at=None, decided_by=None, decided_at=None)

    def _moved(self, wanted: ApplicationStatus, **changes: Any) -> "Application":
        if (self.status, wanted) not in STEPS:
            raise ApplicationElsewhere(self.status, wanted)
        return attrs.evolve(self, status=wanted, **changes)
