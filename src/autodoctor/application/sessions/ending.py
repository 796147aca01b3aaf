"""Ending, cancelling, and what happens to a session by itself."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from autodoctor.application.access.may import may
from autodoctor.application.access.sessions import CANCEL, END
from autodoctor.application.access.whose import of_session
from autodoctor.application.sessions.keeping import Timer, keep, keep_request
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.movements import AT_REST
from autodoctor.domain.sessions.aftermath import archive, archive_due
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.ending import cancel, end, expire, run_out
from autodoctor.domain.sessions.events import SessionCompleted
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import RequestId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def end_session(ports: Ports, *, actor: Actor, session_id: SessionId) -> Session:
    """Either party ends the conversation, or an admin does; ending again changes nothing."""
    at = ports.now()
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id, lock=True)
        may(actor, END, of_session(session))
        ended, events = end(session, by=actor.role, at=at)
        return keep_ended(ports, tx, ended, events, by=actor)


def keep_ended(
    ports: Ports, tx: Transaction, session: Session, events: tuple[Event, ...], *, by: Actor
) -> Session:
    """What `keep` does; besides, nobody is in the room any more, and it counts for its
    mechanic when it was completed."""
    if not events:
        return session
    at = ports.now()
    kept = keep(ports, tx, session, events, by=by, at=at)
    for party in Party:
        tx.presence.forget(session.id, party)
    if any(isinstance(event, SessionCompleted) for event in events):
        assert session.mechanic_id is not None, "completed by somebody"
        mechanic = tx.mechanics.get(session.mechanic_id, lock=True)
        tx.mechanics.save(mechanic.completed(at=at))
    return kept


def cancel_session(ports: Ports, *, actor: Actor, session_id: SessionId) -> Session:
    """A party calls it off before the start; cancelling again changes nothing."""
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id, lock=True)
        may(actor, CANCEL, of_session(session))
        return call_off(ports, tx, session, by=actor, cause=CAUSE[actor.role])


CAUSE: Final = {
    Role.CUSTOMER: Cause.CUSTOMER,
    Role.MECHANIC: Cause.MECHANIC,
    Role.ADMIN: Cause.PLATFORM,
}


def call_off(
    ports: Ports, tx: Transaction, session: Session, *, by: Actor, cause: Cause
) -> Session:
    at = ports.now()
    table = ports.rules.cancellation
    cancelled, events = cancel(session, by=by.role, cause=cause, table=table, at=at)
    if not events:
        return session
    request = tx.requests.current(session.id)
    if request is not None:
        keep_request(tx, request.cancel(at=at))
    return keep_ended(ports, tx, cancelled, events, by=by)


def expire_request(ports: Ports, request_id: UUID) -> None:
    """Nobody took it in time: the session expires and everything goes back."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        request, session = tx.requests.with_session(RequestId(request_id))
        if not (request.status == "waiting" and at >= request.expires_at):
            return
        keep_request(tx, request.expire(at=at))
        expired, events = expire(session, at=at)
        keep_ended(ports, tx, expired, events, by=SYSTEM)


def finish(ports: Ports, session_id: UUID) -> None:
    """The time is used up, or the missing party did not come back."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        session = tx.sessions.get(SessionId(session_id), lock=True)
        if session.status not in (SessionStatus.LIVE, SessionStatus.RECONNECTING):
            return
        ended, events = run_out(session, at=at)
        keep_ended(ports, tx, ended, events, by=SYSTEM)


LOOK_AGAIN: Final = timedelta(days=1)


def archive_session(ports: Ports, session_id: UUID) -> None:
    """A session stays as long as money of it is owed; that is looked at again every day."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        session = tx.sessions.get(SessionId(session_id), lock=True)
        owing = _owing(tx, session)
        due = archive_due(session)
        if owing and due is not None and at >= due:
            tx.timers.set(Timer.ARCHIVE, session.id, due_at=at + LOOK_AGAIN)
            return
        after, events = archive(session, owing=owing, at=at)
        if events:
            keep(ports, tx, after, events, by=SYSTEM, at=at)


def _owing(tx: Transaction, session: Session) -> bool:
    """Whether a refund is still on its way to the customer or has failed, or a bank has not
    decided."""
    if session.checkout_id is None:
        return False
    if tx.disputes.open_of(session.id):
        return True
    if Funds.of(session.id, tx.ledger.of_session(session.id)).owed:
        return True
    refunds = tx.refunds.of_checkout(session.checkout_id)
    return any(r.status not in AT_REST for r in refunds)
