"""The mechanic of a session gives it back before it starts."""

from autodoctor.application.access.may import may
from autodoctor.application.access.sessions import WITHDRAW
from autodoctor.application.sessions.accept import withdraw
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing


def give_back(ports: Ports, *, actor: Actor, session_id: SessionId) -> Session:
    """Withdraws from the request that stands for the session now.

    Refusals: WrongRole, Missing, IllegalTransition once it has started.
    """
    may(actor, WITHDRAW)
    with ports.transactions(actor) as tx:
        request = tx.requests.current(session_id)
    if request is None:
        raise Missing("session")
    return withdraw(ports, actor=actor, request_id=request.id)
