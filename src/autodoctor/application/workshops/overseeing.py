"""Staff look after workshops: lists, decisions by the workshop's id, suspending and letting back.

Refusals, in this order: WrongRole, InvalidField, Missing, and what the state refuses.
"""

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.vetting import DECIDE
from autodoctor.application.access.workshops import OVERSEE, PUT_OUT
from autodoctor.application.accounts.logins import put_staff_out
from autodoctor.application.operations.audit import write_down
from autodoctor.application.sessions.keeping import keep_request
from autodoctor.application.vetting.decide import application_of, approve, ask, reject
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import ApplicationId, WorkshopId
from autodoctor.domain.shared.texts import check_text
from autodoctor.domain.vetting.application import Application, ApplicationKind
from autodoctor.domain.workshops.events import WorkshopBack, WorkshopPutOut
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.audit import Deed
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction
from autodoctor.ports.workshop_queries import PAGE_SIZE_MAX, WorkshopFilter, WorkshopPage

PAGE_MAX = 10_000
DEEDS_SHOWN = 50


@attrs.frozen
class Dossier:
    """All that staff see of a workshop; `application` is None for one that never applied."""

    workshop: Workshop
    application: Application | None
    deeds: tuple[Deed, ...]


def workshops(ports: Ports, *, actor: Actor, which: WorkshopFilter) -> WorkshopPage:
    may(actor, OVERSEE)
    if not 1 <= which.page <= PAGE_MAX:
        raise InvalidField("page", "Pages count from 1.")
    if not 1 <= which.page_size <= PAGE_SIZE_MAX:
        raise InvalidField("page_size", f"From 1 to {PAGE_SIZE_MAX} rows.")
    return ports.queries.workshops.listed(which)


def dossier(ports: Ports, *, actor: Actor, workshop_id: WorkshopId) -> Dossier:
    may(actor, OVERSEE)
    with ports.transactions(actor) as tx:
        workshop = tx.workshops.get(workshop_id)
        application = tx.applications.of_subject(workshop_id)
        return Dossier(workshop, application, tx.audit.of_subject(workshop_id, most=DEEDS_SHOWN))


def approve_workshop(
    ports: Ports, *, actor: Actor, workshop_id: WorkshopId, reason: str = ""
) -> Application:
    key = _application(ports, actor, workshop_id)
    return approve(ports, actor=actor, application_id=key, reason=reason)


def reject_workshop(
    ports: Ports, *, actor: Actor, workshop_id: WorkshopId, reason: str
) -> Application:
    key = _application(ports, actor, workshop_id)
    return reject(ports, actor=actor, application_id=key, reason=reason)


def ask_workshop(
    ports: Ports, *, actor: Actor, workshop_id: WorkshopId, question: str
) -> Application:
    key = _application(ports, actor, workshop_id)
    return ask(ports, actor=actor, application_id=key, question=question)


def _application(ports: Ports, actor: Actor, workshop_id: WorkshopId) -> ApplicationId:
    may(actor, DECIDE)
    with ports.transactions(actor) as tx:
        return application_of(tx, workshop_id, ApplicationKind.WORKSHOP).id


def suspend_workshop(
    ports: Ports, *, actor: Actor, workshop_id: WorkshopId, reason: str
) -> Workshop:
    """Its staff are out within seconds, and what waits for it is open to everybody. What its
    mechanics are in the middle of goes on. Again changes nothing."""
    may(actor, PUT_OUT)
    why, at = check_text("reason", reason), ports.now()
    with ports.transactions(actor) as tx:
        before = tx.workshops.get(workshop_id, lock=True)
        after = before.suspend(why, at=at)
        if after is before:
            return before
        saved = tx.workshops.save(after)
        put_staff_out(tx, tx.accounts.of_workshop(workshop_id), Role.WORKSHOP, at=at)
        _open_requests(tx, workshop_id)
        tx.outbox.record(WorkshopPutOut(workshop_id, why), by=actor, at=at)
        _note(ports, tx, "suspend workshop", workshop_id, by=actor, reason=why)
        return saved


def reactivate_workshop(
    ports: Ports, *, actor: Actor, workshop_id: WorkshopId, reason: str
) -> Workshop:
    """Again changes nothing."""
    may(actor, PUT_OUT)
    why, at = check_text("reason", reason), ports.now()
    with ports.transactions(actor) as tx:
        before = tx.workshops.get(workshop_id, lock=True)
        after = before.reactivate()
        if after is before:
            return before
        tx.outbox.record(WorkshopBack(workshop_id), by=actor, at=at)
        _note(ports, tx, "reactivate workshop", workshop_id, by=actor, reason=why)
        return tx.workshops.save(after)


def _open_requests(tx: Transaction, workshop_id: WorkshopId) -> None:
    for request_id in tx.requests.waiting_for(workshop_id):
        request, _session = tx.requests.with_session(request_id)
        if request.status is RequestStatus.WAITING:
            keep_request(tx, attrs.evolve(request, routing=request.routing.opened))


def _note(
    ports: Ports, tx: Transaction, action: str, workshop_id: WorkshopId, *, by: Actor, reason: str
) -> None:
    write_down(ports, tx, action, by=by, on=workshop_id, kind="workshop", reason=reason)
