"""Telling a customer that their mechanic is gone, and that we look for another."""

from autodoctor.application.notifications.send import Telling, tell_account, withdraw
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.sessions.events import MechanicReleased
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, CustomerId, MechanicId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def accepted_by(session_id: SessionId, mechanic_id: MechanicId) -> str:
    """What the news is filed under that this mechanic is ready: so that it can be withdrawn."""
    return f"{session_id} {mechanic_id}"


def withdraw_ready(
    tx: Transaction, customer_id: CustomerId, session_id: SessionId, mechanic_id: MechanicId
) -> None:
    """Nobody is to join any more whom this mechanic waited for."""
    outdated = accepted_by(session_id, mechanic_id)
    withdraw(tx, AccountId(customer_id), Occasion.REQUEST_ACCEPTED, reference=outdated)


def tell_released(ports: Ports, tx: Transaction, event: MechanicReleased) -> None:
    """Only while it waits: when another has taken it already, or it is over, that is news of its
    own. Filed under the request that waits now, and withdrawn with it."""
    session = tx.sessions.get(event.session_id, lock=True)
    withdraw_ready(tx, session.customer_id, session.id, event.mechanic_id)
    waiting = tx.requests.current(session.id)
    if session.status is not SessionStatus.WAITING or waiting is None:
        return
    why = (
        "Your mechanic was not in the room when the ten minutes for coming were over."
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
    tell_account(ports, tx, customer, telling, reference=str(waiting.id))
