"""What happens to applications and documents. `kind` is the application's, as text."""

from uuid import UUID

import attrs

from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, ApplicationId, DocumentId


@attrs.frozen
class ApplicationSubmitted(Event):
    application_id: ApplicationId
    kind: str
    subject_id: UUID


@attrs.frozen
class ReviewBegun(Event):
    application_id: ApplicationId


@attrs.frozen
class InformationAsked(Event):
    application_id: ApplicationId
    applicant_id: AccountId
    question: str


@attrs.frozen
class InformationGiven(Event):
    application_id: ApplicationId


@attrs.frozen
class ApplicationApproved(Event):
    application_id: ApplicationId
    kind: str
    subject_id: UUID
    applicant_id: AccountId


@attrs.frozen
class ApplicationRejected(Event):
    application_id: ApplicationId
    kind: str
    subject_id: UUID
    applicant_id: AccountId
    reason: str


@attrs.frozen
class DocumentReviewed(Event):
    document_id: DocumentId
    subject_id: UUID
    approved: bool
    reason: str


@attrs.frozen
class DocumentExpiring(Event):
    """`days` is which warning this is: 30, 7, or 0 on its last day."""

    document_id: DocumentId
    subject_id: UUID
    days: int
