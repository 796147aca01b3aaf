"""What a customer's dashboard says at a glance."""

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.sessions import LIST
from autodoctor.application.garage.favorites import favorites_of
from autodoctor.application.matching.find import online_count
from autodoctor.application.sessions.views import active_session
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.queries import SessionFilter, SessionView

RECENT = 5


@attrs.frozen(kw_only=True)
class CustomerFigures:
    """`spent` is what was paid less what went back."""

    sessions: int
    spent: Money
    free_session_used: bool
    active: Session | None
    recent: tuple[SessionView, ...]
    favorites: int
    mechanics_online: int


def customer_figures(ports: Ports, *, actor: Actor) -> CustomerFigures:
    may(actor, LIST.by(Role.CUSTOMER))
    with ports.transactions(actor) as tx:
        free = tx.free_sessions.get(actor.customer_id)
    return CustomerFigures(
        sessions=ports.queries.sessions.count_of(actor.customer_id),
        spent=ports.queries.revenue.spent_by(actor.customer_id),
        free_session_used=free.left == 0,
        active=active_session(ports, actor=actor),
        recent=ports.queries.sessions.of_customer(actor.customer_id, SessionFilter(most=RECENT)),
        favorites=len(favorites_of(ports, actor=actor)),
        mechanics_online=online_count(ports),
    )
