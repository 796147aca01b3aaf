"""Looking at sessions: one's own, and those one may see."""

from autodoctor.application.access.may import may
from autodoctor.application.access.sessions import DOSSIER, LIST, SEE
from autodoctor.application.access.whose import of_session
from autodoctor.application.operations.security import record_staff_read
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.sessions.policy import blocking
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import CheckoutId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.queries import SessionFilter, SessionView
from autodoctor.ports.transactions import Transaction


def session_of_checkout(ports: Ports, checkout_id: CheckoutId) -> Session | None:
    with ports.transactions(SYSTEM) as tx:
        return tx.sessions.of_checkout(checkout_id)


def session(ports: Ports, *, actor: Actor, session_id: SessionId) -> Session:
    """For its parties, and for admins, which is recorded; Missing for everybody else."""
    with ports.transactions(actor) as tx:
        found = tx.sessions.get(session_id)
        may(actor, SEE, of_session(found))
        _note_read(ports, tx, actor, session_id)
    return found


def session_view(ports: Ports, *, actor: Actor, session_id: SessionId) -> SessionView:
    """The same with names, vehicle, concern and what became of it; that an admin looked is
    recorded."""
    with ports.transactions(actor) as tx:
        may(actor, SEE, of_session(tx.sessions.get(session_id)))
        _note_read(ports, tx, actor, session_id)
    return ports.queries.sessions.one(session_id)


def sessions(ports: Ports, *, actor: Actor, which: SessionFilter) -> tuple[SessionView, ...]:
    """One's own as customer or mechanic, all of them as admin; newest first."""
    may(actor, LIST)
    if actor.role is Role.MECHANIC:
        return ports.queries.sessions.of_mechanic(actor.mechanic_id, which)
    if actor.role is Role.ADMIN:
        return ports.queries.sessions.all(which)
    return ports.queries.sessions.of_customer(actor.customer_id, which)


def active_session(ports: Ports, *, actor: Actor) -> Session | None:
    """The one session under way: what blocks a customer, or engages a mechanic."""
    with ports.transactions(actor) as tx:
        if actor.role is Role.MECHANIC:
            engaged = tx.sessions.of_mechanic(actor.mechanic_id)
        else:
            engaged = tx.sessions.of_customer(actor.customer_id)
        found = blocking(engaged)
        return tx.sessions.get(found.session_id) if found else None


def timeline(ports: Ports, *, actor: Actor, session_id: SessionId) -> tuple[Recorded, ...]:
    """Everything that happened to a session, in order; for admins, which is recorded."""
    may(actor, DOSSIER)
    with ports.transactions(actor) as tx:
        tx.sessions.get(session_id)
        _note_read(ports, tx, actor, session_id)
        return tx.outbox.of_session(session_id)


def _note_read(ports: Ports, tx: Transaction, actor: Actor, session_id: SessionId) -> None:
    of = Subject("session", session_id)
    record_staff_read(ports, tx, SecurityKind.SESSION_READ, by=actor, about=of)
