"""A mechanic takes a request, declines it, or lets the session go again."""

from autodoctor.application.access.may import Whose, may
from autodoctor.application.access.sessions import ACCEPT, DECLINE, WITHDRAW
from autodoctor.application.mechanics.eligibility import check_may_take
from autodoctor.application.payments.movements import agree_terms
from autodoctor.application.sessions.keeping import keep, keep_request
from autodoctor.application.sessions.release import release_to_queue
from autodoctor.domain.sessions.acceptance import accept as accept_session
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import RequestId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing


def accept(ports: Ports, *, actor: Actor, request_id: RequestId) -> Session:
    """Exactly one mechanic wins; the winner asking again gets the same session.

    Refusals, in order: WrongRole, NotEligible, Missing, RequestTaken, RequestClosed, OwnSession,
    MechanicBusy or AppointmentOverlaps.
    """
    may(actor, ACCEPT)
    at = ports.now()
    with ports.transactions(actor) as tx:
        mechanic = check_may_take(tx, actor, today=at.date())
        request, session = tx.requests.with_session(request_id)
        matched, accepted, events = accept_session(
            session,
            request,
            mechanic_id=mechanic.id,
            workshop_id=mechanic.workshop_id,
            ties=tx.sessions.ties(session.customer_id, mechanic.id),
            at=at,
        )
        if not events:
            return session
        kept = keep(ports, tx, matched, events, by=actor, at=at)
        keep_request(tx, accepted)
        agree_terms(ports, tx, kept)
        return kept


def decline(ports: Ports, *, actor: Actor, request_id: RequestId) -> None:
    """It leaves this mechanic's queue; the others still see it."""
    may(actor, DECLINE)
    at = ports.now()
    with ports.transactions(actor) as tx:
        mechanic = check_may_take(tx, actor, today=at.date())
        request = tx.requests.get(request_id)
        if not request.visible_to(mechanic.id, workshop_id=mechanic.workshop_id, at=at):
            raise Missing("request")
        tx.requests.decline(request_id, mechanic.id, at=at)


def withdraw(ports: Ports, *, actor: Actor, request_id: RequestId) -> Session:
    """The mechanic who accepted gives the session back before it starts: it waits again, and
    they do not see it again."""
    may(actor, WITHDRAW)
    with ports.transactions(actor) as tx:
        request, session = tx.requests.with_session(request_id)
        may(actor, WITHDRAW, Whose(mechanic_id=request.accepted_by))
        return release_to_queue(ports, tx, session, by=actor, no_show=False)
