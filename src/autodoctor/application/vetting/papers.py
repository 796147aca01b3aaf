"""The papers a business shows of itself: its registration, its insurance, its licence."""

from uuid import UUID

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.vetting import REVIEW
from autodoctor.application.room.using import own_upload, use_file
from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Conflict
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
    file = own_upload(tx, actor, file_id)
    known = tx.submitted_documents.of_subject(subject_id)
    for each in known:
        if each.file_id == file_id:
            return each
    if len(known) >= PAPERS_MAX:
        raise PapersFull()
    check_document(media_type=file.media_type, size_bytes=file.size_bytes)
    use_file(tx, file, FilePurpose.DOCUMENT, field="file_id")
    document = Document(
        id=DocumentId(ports.ids.new()),
        subject_id=subject_id,
        file_id=file_id,
        kind=kind,
        uploaded_at=ports.now(),
    )
    tx.submitted_documents.add(document)
    return document


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
