"""Handing in an application for a business, at first and after a rejection."""

from datetime import datetime
from uuid import UUID

from autodoctor.application.vetting.decide import application_of
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import AccountId, ApplicationId
from autodoctor.domain.vetting.application import (
    Application,
    ApplicationElsewhere,
    ApplicationKind,
    ApplicationStatus,
)
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def hand_in(
    ports: Ports,
    tx: Transaction,
    *,
    kind: ApplicationKind,
    subject_id: UUID,
    applicant_id: AccountId,
    verified: bool,
    at: datetime,
) -> Application:
    """Staff see it once its applicant has shown that their address is theirs."""
    draft = Application(
        id=ApplicationId(ports.ids.new()),
        kind=kind,
        subject_id=subject_id,
        applicant_id=applicant_id,
        created_at=at,
    )
    tx.applications.add(draft)
    if not verified:
        return draft
    handed_in, events = draft.submit(at=at)
    tx.outbox.record(*events, by=SYSTEM, at=at)
    return tx.applications.save(handed_in)


def hand_in_waiting(
    tx: Transaction, subject_id: UUID, *, applicant_id: AccountId, at: datetime
) -> None:
    """What waited for its applicant's address. Idempotent."""
    found = tx.applications.of_subject(subject_id)
    waits = found is not None and found.status is ApplicationStatus.DRAFT
    if found is None or not waits or found.applicant_id != applicant_id:
        return
    handed_in, events = tx.applications.get(found.id, lock=True).submit(at=at)
    tx.outbox.record(*events, by=SYSTEM, at=at)
    tx.applications.save(handed_in)


def undecided(tx: Transaction, subject_id: UUID, kind: ApplicationKind) -> Application:
    """Locked. What was told may be told otherwise until it is approved. Refusals: Missing,
    ApplicationElsewhere."""
    found = application_of(tx, subject_id, kind)
    before = tx.applications.get(found.id, lock=True)
    if before.status is ApplicationStatus.APPROVED:
        raise ApplicationElsewhere(before.status, ApplicationStatus.SUBMITTED)
    return before


def hand_in_again(tx: Transaction, before: Application, *, by: Actor, at: datetime) -> Application:
    """After a rejection; what is looked at already stays where it is."""
    if before.status is not ApplicationStatus.REJECTED:
        return before
    handed_in, events = before.try_again().submit(at=at)
    tx.outbox.record(*events, by=by, at=at)
    return tx.applications.save(handed_in)
