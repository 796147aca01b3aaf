"""Two people in a room: a booked session, accepted, and time made to pass in it."""

from datetime import timedelta
from uuid import UUID

import attrs

from autodoctor.application.booking.checkout import check_out
from autodoctor.application.sessions.accept import accept
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import SessionId
from support.people import Person, booked, customer, mechanic
from support.running import Running


@attrs.frozen
class Room:
    session_id: SessionId
    customer: Person
    mechanic: Person

    @property
    def path(self) -> str:
        return f"/chat/{self.session_id}"


def waiting(running: Running) -> tuple[SessionId, Person]:
    """A free session that waits for a mechanic, with what another plan carries: files."""
    ports, who = running.here.ports, customer(running.here.ports)
    intake = booked(ports, who, plan="free")
    found = check_out(ports, actor=who.actor, intake_id=intake.id).session_id
    assert found is not None, "a free plan becomes a session at once"
    running.sql("UPDATE sessions SET plan = 'quick-chat' WHERE id = :id RETURNING id", id=found)
    return found, who


def take(running: Running, session_id: SessionId) -> Person:
    """A mechanic accepts it."""
    ports, who = running.here.ports, mechanic(running.here.ports)
    with ports.transactions(SYSTEM) as tx:
        request = tx.requests.current(session_id)
    assert request is not None, "it waits"
    accept(ports, actor=who.actor, request_id=request.id)
    return who


def room(running: Running) -> Room:
    session_id, who = waiting(running)
    return Room(session_id, who, take(running, session_id))


def let_minutes_pass(running: Running, session_id: UUID, minutes: int) -> None:
    """As if the clock of a session that runs had been started earlier."""
    statement = (
        "UPDATE sessions SET timer_running_since = timer_running_since - :gone "
        "WHERE id = :id RETURNING timer_running_since"
    )
    rows = running.sql(statement, gone=timedelta(minutes=minutes), id=session_id)
    assert rows[0]["timer_running_since"] is not None, "the clock runs"
