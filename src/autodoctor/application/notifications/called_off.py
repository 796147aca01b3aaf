"""Telling a customer that their session was called off, when it was not them who did it."""

from typing import Final

from autodoctor.application.notifications.letters import dollars
from autodoctor.application.notifications.released import withdraw_ready
from autodoctor.application.notifications.send import Telling, tell_account
from autodoctor.application.sessions.consulted import keeps_free_session
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import SessionCancelled
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction

_WHY: Final = {
    Cause.CUSTOMER_NO_SHOW: (
        "We missed you",
        "Your mechanic was in the room for ten minutes and you did not come, so the session was "
        "called off.",
    ),
    Cause.MISSED: (
        "You missed each other",
        "You and your mechanic were in the room one after the other, never at the same time, so "
        "the session was called off.",
    ),
    Cause.MECHANIC: (
        "Your mechanic called off",
        "We are sorry: your mechanic cannot take your session.",
    ),
    Cause.PLATFORM: (
        "We had to call off your session",
        "We are sorry: somebody of our staff had to call off your session.",
    ),
    Cause.TOO_SHORT: (
        "Your session was too short to count",
        "The conversation ended before a minute was over, so it does not count as one.",
    ),
}


def tell_called_off(
    ports: Ports, tx: Transaction, recorded: Recorded, event: SessionCancelled
) -> None:
    """Who calls off their own session knows it. That the mechanic is ready is true no more."""
    if event.mechanic_id is not None:
        withdraw_ready(tx, event.customer_id, event.session_id, event.mechanic_id)
    if event.cause is Cause.CUSTOMER:
        return
    title, why = _WHY[event.cause]
    telling = Telling(
        occasion=Occasion.SESSION_ENDED,
        role=Role.CUSTOMER,
        title=title,
        url=f"/customer/sessions/{event.session_id}",
        letter_paragraphs=(why, _money(tx, event)),
        action="See what happened",
        needed=bool(event.kept or event.refund),
    )
    customer = AccountId(event.customer_id)
    tell_account(ports, tx, customer, telling, reference=str(recorded.id))


def _money(tx: Transaction, event: SessionCancelled) -> str:
    if event.kept and event.refund:
        back, kept = dollars(event.refund), dollars(event.kept)
        return f"{back} is on its way back to your card; {kept} is kept."
    if event.kept:
        return "By the rules you agreed to, what you paid is not given back."
    if event.refund:
        return f"All of it, {dollars(event.refund)}, is on its way back to your card."
    if keeps_free_session(tx, event):
        return (
            "You have not paid anything. Your mechanic has answered, so your free session is used."
        )
    return "You have not paid anything, and your free session is yours again."
