"""Customers who have paid, and what came of it."""

from autodoctor.application.booking.checkout import check_out
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import RequestId, SessionId
from support.people import Person, booked
from support.running import Running
from support.stripe_events import lose_all


def paid_page(running: Running, who: Person) -> str:
    """A checkout that the customer has paid and we have not heard of."""
    intake = booked(running.here.ports, who)
    page = check_out(running.here.ports, actor=who.actor, intake_id=intake.id)
    provider_id = page.payment_url.rsplit("/", 1)[-1]
    running.sandbox("pay", checkout=provider_id)
    return provider_id


def resolved(running: Running, provider_id: str) -> bool:
    """Whether that worked. Without its guards the worker's own attempt gets in the way of this one
    now and then, and one of them is refused; the session is there all the same."""
    try:
        resolve(running.here.ports, provider_id=provider_id)
    except Refusal:
        return False
    return True


def session_of(running: Running, who: Person) -> SessionId | None:
    rows = running.sql("SELECT id FROM sessions WHERE customer_id = :id", id=who.id)
    return SessionId(rows[0]["id"]) if rows else None


def waiting_session(running: Running, who: Person) -> SessionId:
    """Paid, heard of by nobody but us, and not matched yet."""
    lose_all(running)
    resolved(running, paid_page(running, who))
    session_id = session_of(running, who)
    assert session_id is not None
    return session_id


def request_of(running: Running, session_id: SessionId) -> RequestId:
    with running.here.ports.transactions(SYSTEM) as tx:
        request = tx.requests.current(session_id)
    assert request is not None
    return request.id


def events_of(running: Running, session_id: SessionId) -> list[str]:
    with running.here.ports.transactions(SYSTEM) as tx:
        return [type(each.event).__name__ for each in tx.outbox.of_session(session_id)]
