"""Staff look at an application, ask, and decide; the applicant answers."""

from uuid import UUID

import attrs

from autodoctor.application.access.may import Whose, may
from autodoctor.application.access.vetting import ANSWER, DECIDE
from autodoctor.application.operations.audit import write_down
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import ApplicationId, MechanicId, OrganizationId, WorkshopId
from autodoctor.domain.vetting.application import Application, ApplicationKind
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def application_of(tx: Transaction, subject_id: UUID, kind: ApplicationKind) -> Application:
    """Raises Missing; also for a subject of another kind."""
    found = tx.applications.of_subject(subject_id)
    if found is None or found.kind is not kind:
        raise Missing("application")
    return found


def begin_review(ports: Ports, *, actor: Actor, application_id: ApplicationId) -> Application:
    """Others see that somebody is at it; again changes nothing."""
    may(actor, DECIDE)
    with ports.transactions(actor) as tx:
        before = tx.applications.get(application_id, lock=True)
        after, events = before.begin_review()
        return _keep(ports, tx, after, events, by=actor)


def ask(ports: Ports, *, actor: Actor, application_id: ApplicationId, question: str) -> Application:
    """The applicant is mailed. Refusals: Missing, InvalidField, ApplicationElsewhere."""
    may(actor, DECIDE)
    with ports.transactions(actor) as tx:
        before = tx.applications.get(application_id, lock=True)
        after, events = before.ask(question)
        _note(ports, tx, "ask about", before, by=actor, reason=after.question)
        return _keep(ports, tx, after, events, by=actor)


def answer(ports: Ports, *, actor: Actor, subject_id: UUID, answer: str) -> Application:
    """Refusals: Missing, InvalidField, ApplicationElsewhere."""
    may(actor, ANSWER)
    at = ports.now()
    with ports.transactions(actor) as tx:
        found = tx.applications.of_subject(subject_id)
        if found is None:
            raise Missing("application")
        may(actor, ANSWER, whose(found))
        after, events = tx.applications.get(found.id, lock=True).tell(answer, at=at)
        return _keep(ports, tx, after, events, by=actor)


def approve(
    ports: Ports, *, actor: Actor, application_id: ApplicationId, reason: str = ""
) -> Application:
    """They are let in, and mailed. Approving again changes nothing."""
    may(actor, DECIDE)
    with ports.transactions(actor) as tx:
        before = tx.applications.get(application_id, lock=True)
        after, events = before.approve(by=actor.account_id, at=ports.now())
        if events:
            _let_in(tx, after)
            _note(ports, tx, "approve", before, by=actor, reason=reason)
        return _keep(ports, tx, after, events, by=actor)


def reject(
    ports: Ports, *, actor: Actor, application_id: ApplicationId, reason: str
) -> Application:
    """The applicant is mailed the reason. Rejecting again changes nothing."""
    may(actor, DECIDE)
    with ports.transactions(actor) as tx:
        before = tx.applications.get(application_id, lock=True)
        after, events = before.reject(reason, by=actor.account_id, at=ports.now())
        if events:
            _note(ports, tx, "reject", before, by=actor, reason=after.reason)
        return _keep(ports, tx, after, events, by=actor)


def whose(application: Application) -> Whose:
    """The mechanic's, workshop's or company's whose application it is."""
    match application.kind:
        case ApplicationKind.MECHANIC:
            return Whose(mechanic_id=MechanicId(application.subject_id))
        case ApplicationKind.WORKSHOP:
            return Whose(workshop_id=WorkshopId(application.subject_id))
        case ApplicationKind.ORGANIZATION:
            return Whose(organization_id=OrganizationId(application.subject_id))


def _let_in(tx: Transaction, application: Application) -> None:
    match application.kind:
        case ApplicationKind.MECHANIC:
            mechanic = tx.mechanics.get(MechanicId(application.subject_id), lock=True)
            tx.mechanics.save(attrs.evolve(mechanic, approved=True))
        case ApplicationKind.WORKSHOP:
            workshop = tx.workshops.get(WorkshopId(application.subject_id), lock=True)
            tx.workshops.save(attrs.evolve(workshop, approved=True))
        case ApplicationKind.ORGANIZATION:
            company = tx.organizations.get(OrganizationId(application.subject_id), lock=True)
            tx.organizations.save(attrs.evolve(company, approved=True))


def _note(
    ports: Ports, tx: Transaction, action: str, application: Application, *, by: Actor, reason: str
) -> None:
    write_down(
        ports,
        tx,
        f"{action} {application.kind} application",
        by=by,
        on=application.subject_id,
        kind=application.kind,
        reason=reason,
    )


def _keep(
    ports: Ports, tx: Transaction, after: Application, events: tuple[Event, ...], *, by: Actor
) -> Application:
    if not events:
        return after
    tx.outbox.record(*events, by=by, at=ports.now())
    return tx.applications.save(after)
