"""Whom one sits opposite to in a room: their photo."""

from autodoctor.application.access.may import may
from autodoctor.application.access.room import LISTEN
from autodoctor.application.access.whose import of_session
from autodoctor.application.operations.security import record_staff_read
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import FileId, SessionId
from autodoctor.ports.bundle import Ports


def face_of_other(ports: Ports, *, actor: Actor, session_id: SessionId) -> FileId | None:
    """The customer's for the mechanic, the mechanic's for everybody else who may look in; None
    without one. Raises Missing for those outside the session."""
    with ports.transactions(SYSTEM) as tx:
        session = tx.sessions.get(session_id)
        may(actor, LISTEN, of_session(session))
        of = Subject("session", session_id)
        record_staff_read(ports, tx, SecurityKind.SESSION_READ, by=actor, about=of)
        if actor.role is Role.MECHANIC:
            return tx.customer_details.get(session.customer_id).photo_id
        if session.mechanic_id is None:
            return None
        return tx.particulars.get(session.mechanic_id).photo_id
