"""Papers: looked at by staff, counted for matching, and told of before they expire."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.vetting import REVIEW
from autodoctor.application.mechanics.completing import keep_mechanic
from autodoctor.application.operations.audit import write_down
from autodoctor.application.sessions.keeping import Timer
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, DocumentId, MechanicId
from autodoctor.domain.vetting.document import (
    Document,
    DocumentKind,
    DocumentStatus,
    check_last_day,
    papers_expire_on,
    superseded,
)
from autodoctor.domain.vetting.events import DocumentExpiring
from autodoctor.ports.bundle import Ports
from autodoctor.ports.mechanic_queries import DocumentView
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

WARNINGS: Final = {Timer.PAPER_MONTH: 30, Timer.PAPER_WEEK: 7, Timer.PAPER_LAST_DAY: 0}
MORNING: Final = time(13, tzinfo=UTC)
"""Between five and half past nine in Canada."""


def review_document(
    ports: Ports,
    *,
    actor: Actor,
    document_id: DocumentId,
    approved: bool,
    reason: str = "",
    expires_on: date | None = None,
) -> Document:
    """`expires_on` is the last day as the paper says it, where its owner said another. The
    owner is mailed. Doing the same again changes nothing.

    Refusals: Missing, InvalidField, DocumentReviewedAlready.
    """
    may(actor, REVIEW)
    at = ports.now()
    with ports.transactions(actor) as tx:
        document = tx.submitted_documents.get(document_id, lock=True)
        if not approved:
            after, events = document.reject(reason, by=actor.account_id, at=at)
        else:
            day = expires_on or document.expires_on
            told = attrs.evolve(
                document, expires_on=check_last_day(document.kind, day, today=at.date())
            )
            after, events = told.approve(by=actor.account_id, at=at)
        if not events:
            return document
        saved = tx.submitted_documents.save(after)
        if approved:
            _count(tx, saved)
            set_warnings(tx, saved, at=at)
        _note(ports, tx, saved, by=actor)
        tx.outbox.record(*events, by=actor, at=at)
        return saved


def _note(ports: Ports, tx: Transaction, document: Document, *, by: Actor) -> None:
    write_down(
        ports,
        tx,
        f"{'reject' if document.reason else 'approve'} document",
        by=by,
        on=document.subject_id,
        kind="document",
        reason=document.reason,
        document_id=str(document.id),
        document_kind=document.kind.value,
    )


def _count(tx: Transaction, document: Document) -> None:
    """What follows for matching, for a mechanic; a workshop's documents change nothing there."""
    mechanic_id = MechanicId(document.subject_id)
    try:
        mechanic = tx.mechanics.get(mechanic_id, lock=True)
    except Missing:
        return
    shown = tx.submitted_documents.of_subject(mechanic_id)
    after = attrs.evolve(
        mechanic,
        papers_expire_on=papers_expire_on(shown),
        red_seal=mechanic.red_seal or document.kind is DocumentKind.RED_SEAL,
    )
    account = tx.accounts.get(AccountId(mechanic_id))
    keep_mechanic(tx, account, after, tx.particulars.get(mechanic_id))


def set_warnings(tx: Transaction, document: Document, *, at: datetime) -> None:
    """Those that are still ahead."""
    if document.expires_on is None:
        return
    last = datetime.combine(document.expires_on, MORNING)
    due = {kind: last - timedelta(days=days) for kind, days in WARNINGS.items()}
    tx.timers.replace(
        document.id, {kind: when if when > at else None for kind, when in due.items()}
    )


def warn_of_expiry(ports: Ports, document_id: UUID, *, days: int) -> None:
    """Nothing is told of a document that is gone or replaced, nor when the next warning is due
    already."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        try:
            document = tx.submitted_documents.get(DocumentId(document_id), lock=True)
        except Missing:
            return
        others = tx.submitted_documents.of_subject(document.subject_id)
        if superseded(document, others) or not document.warning_due(days, today=at.date()):
            return
        warning = DocumentExpiring(document.id, document.subject_id, days)
        tx.outbox.record(warning, by=SYSTEM, at=at)


def documents_shown(
    ports: Ports,
    *,
    actor: Actor,
    status: DocumentStatus | None = None,
    before: datetime | None = None,
    most: int,
) -> tuple[DocumentView, ...]:
    """Of mechanics, newest first; `before` continues a list. Raises InvalidField."""
    may(actor, REVIEW)
    if not 1 <= most <= 200:
        raise InvalidField("most", "Between 1 and 200.")
    return ports.queries.mechanics.documents(status=status, before=before, most=most)
