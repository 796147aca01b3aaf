"""The papers a business shows of itself: its registration, its insurance, its licence."""

from uuid import UUID

import attrs

from autodoctor.application.access.may import Whose, may
from autodoctor.application.access.room import UPLOAD
from autodoctor.application.access.vetting import REVIEW
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import DocumentId, FileId
from autodoctor.domain.vetting.document import Document, DocumentKind, check_document
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

PAPERS_MAX = 20


@attrs.frozen
class PapersFull(Conflict):
    """That is enough paper; write to us instead."""


def keep_paper(
    ports: Ports,
    tx: Transaction,
    *,
    actor: Actor,
    subject_id: UUID,
    file_id: FileId,
    kind: DocumentKind,
) -> Document:
    """Under the lock of the business. Again changes nothing. Refusals: Missing, PapersFull,
    InvalidField."""
    file = tx.files.get(file_id)
    may(actor, UPLOAD, Whose(account_id=file.owner_id))
    known = tx.submitted_documents.of_subject(subject_id)
    for each in known:
        if each.file_id == file_id:
            return each
    if len(known) >= PAPERS_MAX:
        raise PapersFull()
    _check_file(file)
    document = Document(
        id=DocumentId(ports.ids.new()),
        subject_id=subject_id,
        file_id=file_id,
        kind=kind,
        uploaded_at=ports.now(),
    )
    tx.submitted_documents.add(document)
    return document


def _check_file(file: File) -> None:
    if file.stored_at is None or file.session_id is not None or file.intake_id is not None:
        raise InvalidField("file_id", "Upload the file first; it belongs to nothing else.")
    check_document(media_type=file.media_type, size_bytes=file.size_bytes)


def papers_of(ports: Ports, *, actor: Actor, subject_id: UUID) -> tuple[Document, ...]:
    """For staff, newest first."""
    may(actor, REVIEW)
    with ports.transactions(actor) as tx:
        return tx.submitted_documents.of_subject(subject_id)


def paper_file(ports: Ports, *, actor: Actor, subject_id: UUID, document_id: DocumentId) -> File:
    """For staff. Raises Missing, also for a document of somebody else."""
    may(actor, REVIEW)
    with ports.transactions(actor) as tx:
        document = tx.submitted_documents.get(document_id)
        if document.subject_id != subject_id:
            raise Missing("document")
        return tx.files.get(document.file_id)
