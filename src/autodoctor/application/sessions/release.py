"""Back to the queue: a matched session waits again with a new request."""

import attrs

from autodoctor.application.sessions.keeping import keep, keep_request, tell
from autodoctor.domain.sessions.acceptance import release
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import IllegalTransition, SessionStatus
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import RequestId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def release_to_queue(
    ports: Ports, tx: Transaction, session: Session, *, by: Actor, no_show: bool
) -> Session:
    """The one who had it does not see it again, and is not chosen any more; neither do those who
    declined it before."""
    at = ports.now()
    before = tx.requests.current(session.id)
    if before is None or session.mechanic_id is None:
        raise IllegalTransition(session.status, SessionStatus.WAITING)
    routing = before.routing
    if routing.chosen_mechanic_id == session.mechanic_id:
        routing = attrs.evolve(routing, chosen_mechanic_id=None)
    waiting, request, events = release(
        session,
        by=by.role,
        request_id=RequestId(ports.ids.new()),
        routing=routing,
        no_show=no_show,
        at=at,
    )
    keep_request(tx, before.cancel(at=at))
    keep_request(tx, request, new=True)
    for mechanic_id in tx.requests.declined_by(session.id) | {session.mechanic_id}:
        tx.requests.decline(request.id, mechanic_id, at=at)
    kept = keep(ports, tx, waiting, events, by=by, at=at)
    tell(tx, session)  # the one who is no longer in it looks again, too
    return kept
