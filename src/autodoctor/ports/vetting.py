"""Keeping applications and the documents shown with them."""

from datetime import date
from typing import Protocol
from uuid import UUID

from autodoctor.domain.shared.ids import ApplicationId, DocumentId
from autodoctor.domain.vetting.application import Application
from autodoctor.domain.vetting.document import Document
from autodoctor.ports.stores import Store


class Applications(Store[Application, ApplicationId], Protocol):
    """A subject has one; a second `add` for it raises Stale."""

    def of_subject(self, subject_id: UUID, /) -> Application | None: ...


class SubmittedDocuments(Store[Document, DocumentId], Protocol):
    """What people and businesses show of themselves."""

    def of_subject(self, subject_id: UUID, /) -> tuple[Document, ...]:
        """Newest first."""

    def remove(self, document_id: DocumentId, /) -> None:
        """Again changes nothing."""

    def expiring(self, *, on: date) -> tuple[Document, ...]:
        """Approved ones whose last day is `on`, oldest first."""
