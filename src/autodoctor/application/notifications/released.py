"""Telling a customer that their mechanic is gone, and that we look for another."""

from autodoctor.application.notifications.send import Telling, tell_account, withdraw
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.sessions.events import MechanicReleased
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, MechanicId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction


def accepted_by(session_id: SessionId, mechanic_id: MechanicId) -> str:
    """What the news is filed under that this mechanic is ready: so that it can be withdrawn."""
    return f"{session_id} {mechanic_id}"


def tell_released(
    ports: Ports, tx: Transaction, recorded: Recorded, event: MechanicReleased
) -> None:
    """Only while it waits: when another has taken it already, or it is over, that is news of its
    own."""
    session = tx.sessions.get(event.session_id)
    outdated = accepted_by(event.session_id, event.mechanic_id)
    withdraw(tx, AccountId(session.customer_id), Occasion.REQUEST_ACCEPTED, reference=outdated)
    if session.status is not SessionStatus.WAITING:
        return
    why = (
        "Your mechanic did not come to the session."
        if event.no_show
        else "Your mechanic cannot take your session after all."
    )
    telling = Telling(
        occasion=Occasion.MECHANIC_RELEASED,
        role=Role.CUSTOMER,
        title="We are looking for another mechanic",
        url=f"/session/{event.session_id}",
        letter_paragraphs=(
            f"We are sorry. {why}",
            "Your request is open to other mechanics again, and you keep your place. If nobody "
            "takes it in time, you get everything back.",
            "You can also cancel now, free of charge.",
        ),
        action="See your request",
    )
    customer = AccountId(session.customer_id)
    tell_account(ports, tx, customer, telling, reference=str(recorded.id))
