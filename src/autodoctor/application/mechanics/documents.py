"""The documents a mechanic shows of themselves."""

from datetime import date

import attrs

from autodoctor.application.access.may import Whose, may
from autodoctor.application.access.vetting import DOCUMENTS
from autodoctor.application.room.discarding import let_go
from autodoctor.application.room.using import own_upload, use_file
from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import DocumentId, FileId, MechanicId
from autodoctor.domain.vetting.document import (
    Document,
    DocumentKind,
    check_document,
    check_last_day,
)
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

NUMBER_LENGTH_MAX = 120


@attrs.frozen
class Shown:
    """A document with its file."""

    document: Document
    file: File


def documents(ports: Ports, *, actor: Actor) -> tuple[Shown, ...]:
    """One's own, newest first."""
    may(actor, DOCUMENTS)
    with ports.transactions(actor) as tx:
        found = tx.submitted_documents.of_subject(actor.mechanic_id)
        return tuple(Shown(each, tx.files.get(each.file_id)) for each in found)


def show_document(
    ports: Ports,
    *,
    actor: Actor,
    file_id: FileId,
    kind: DocumentKind,
    number: str = "",
    expires_on: date | None = None,
) -> Document:
    """An uploaded file becomes a document that staff look at. Again changes nothing.

    Refusals: Missing, InvalidField.
    """
    may(actor, DOCUMENTS)
    at = ports.now()
    good_through = check_last_day(kind, expires_on, today=at.date())
    with ports.transactions(actor) as tx:
        tx.mechanics.get(actor.mechanic_id, lock=True)
        file = own_upload(tx, actor, file_id)
        for each in tx.submitted_documents.of_subject(actor.mechanic_id):
            if each.file_id == file_id:
                return each
        check_document(media_type=file.media_type, size_bytes=file.size_bytes)
        use_file(tx, file, FilePurpose.DOCUMENT, field="file_id")
        document = Document(
            id=DocumentId(ports.ids.new()),
            subject_id=actor.mechanic_id,
            file_id=file_id,
            kind=kind,
            uploaded_at=at,
            number=check_number(number),
            expires_on=good_through,
        )
        tx.submitted_documents.add(document)
        return document


def check_number(text: str) -> str:
    number = " ".join(text.split())
    if len(number) > NUMBER_LENGTH_MAX or not number.isprintable():
        raise InvalidField("number", f"At most {NUMBER_LENGTH_MAX} characters.")
    return number


def withdraw_document(ports: Ports, *, actor: Actor, document_id: DocumentId) -> None:
    """With its file. Refusals: Missing, DocumentOnFile."""
    may(actor, DOCUMENTS)
    with ports.transactions(actor) as tx:
        document = tx.submitted_documents.get(document_id, lock=True)
        _check_own(actor, document)
        document.check_withdrawable()
        tx.submitted_documents.remove(document.id)
        let_go(ports, tx, document.file_id)


def leave_no_papers(ports: Ports, tx: Transaction, mechanic_id: MechanicId) -> None:
    """Of somebody who leaves: documents and photo go with their files, before what is told of
    them goes. Nothing happens for who never was a mechanic."""
    for each in tx.submitted_documents.of_subject(mechanic_id):
        tx.submitted_documents.remove(each.id)
        let_go(ports, tx, each.file_id)
    photo_id = tx.particulars.get(mechanic_id).photo_id
    if photo_id is not None:
        let_go(ports, tx, photo_id)


def own_file(ports: Ports, *, actor: Actor, document_id: DocumentId) -> File:
    """The file of one's own document. Raises Missing."""
    may(actor, DOCUMENTS)
    with ports.transactions(actor) as tx:
        document = tx.submitted_documents.get(document_id)
        _check_own(actor, document)
        return tx.files.get(document.file_id)


def _check_own(actor: Actor, document: Document) -> None:
    may(actor, DOCUMENTS, Whose(mechanic_id=MechanicId(document.subject_id)))
