"""The papers a company shows of itself."""

from autodoctor.application.access.may import may
from autodoctor.application.access.vetting import DOCUMENTS
from autodoctor.application.corporate.own import own_organization
from autodoctor.application.vetting.papers import keep_paper
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import FileId
from autodoctor.domain.vetting.document import Document, DocumentKind
from autodoctor.ports.bundle import Ports


def papers(ports: Ports, *, actor: Actor) -> tuple[Document, ...]:
    """Of one's own company, newest first."""
    may(actor, DOCUMENTS)
    with ports.transactions(actor) as tx:
        return tx.submitted_documents.of_subject(own_organization(tx, actor).id)


def show_paper(ports: Ports, *, actor: Actor, file_id: FileId) -> Document:
    """An uploaded file becomes a document that staff look at. Again changes nothing.

    Refusals: CompanyUntold, Missing, PapersFull, InvalidField.
    """
    may(actor, DOCUMENTS)
    with ports.transactions(actor) as tx:
        company = own_organization(tx, actor, lock=True)
        return keep_paper(
            ports,
            tx,
            actor=actor,
            subject_id=company.id,
            file_id=file_id,
            kind=DocumentKind.REGISTRATION,
        )
