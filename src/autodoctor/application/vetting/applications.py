"""Applications as staff look through them: the list, and one with everything about it."""

from collections.abc import Mapping

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.vetting import DECIDE
from autodoctor.application.vetting.decide import application_of
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.particulars import Particulars
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import ApplicationId, DocumentId, MechanicId
from autodoctor.domain.vetting.application import Application, ApplicationKind, ApplicationStatus
from autodoctor.domain.vetting.document import Document
from autodoctor.ports.audit import Deed
from autodoctor.ports.bundle import Ports
from autodoctor.ports.people_queries import ApplicationFilter, ApplicationView
from autodoctor.ports.stores import Missing

DEEDS_MAX = 50


@attrs.frozen
class Listed:
    """`total` is how many there are on all pages; `by_status` counts all of the kind."""

    rows: tuple[ApplicationView, ...]
    total: int
    by_status: Mapping[ApplicationStatus, int]


@attrs.frozen
class Paper:
    """A document with its file."""

    document: Document
    file: File


@attrs.frozen(kw_only=True)
class Applicant:
    """`deeds` are what staff did about it, newest first."""

    application: Application
    account: Account
    mechanic: Mechanic
    particulars: Particulars
    papers: tuple[Paper, ...]
    deeds: tuple[Deed, ...]


def applications(ports: Ports, *, actor: Actor, which: ApplicationFilter) -> Listed:
    may(actor, DECIDE)
    asked = ports.queries.applications
    return Listed(asked.some(which), asked.count(which), asked.by_status(which.kind))


def applicant(ports: Ports, *, actor: Actor, mechanic_id: MechanicId) -> Applicant:
    """Raises Missing."""
    may(actor, DECIDE)
    with ports.transactions(actor) as tx:
        application = application_of(tx, mechanic_id, ApplicationKind.MECHANIC)
        documents = tx.submitted_documents.of_subject(mechanic_id)
        return Applicant(
            application=application,
            account=tx.accounts.get(application.applicant_id),
            mechanic=tx.mechanics.get(mechanic_id),
            particulars=tx.particulars.get(mechanic_id),
            papers=tuple(Paper(each, tx.files.get(each.file_id)) for each in documents),
            deeds=tx.audit.of_subject(mechanic_id, most=DEEDS_MAX),
        )


def application_id_of(ports: Ports, *, actor: Actor, mechanic_id: MechanicId) -> ApplicationId:
    """A mechanic has one, for good. Raises Missing."""
    may(actor, DECIDE)
    with ports.transactions(actor) as tx:
        return application_of(tx, mechanic_id, ApplicationKind.MECHANIC).id


def paper_of(
    ports: Ports, *, actor: Actor, mechanic_id: MechanicId, document_id: DocumentId
) -> File:
    """The file of a document. Raises Missing, also for a document of somebody else."""
    may(actor, DECIDE)
    with ports.transactions(actor) as tx:
        document = tx.submitted_documents.get(document_id)
        if document.subject_id != mechanic_id:
            raise Missing("document")
        return tx.files.get(document.file_id)
