"""Telling a customer that their session did not take place, why, and what becomes of their money:
all in one mail."""

from typing import Final

from autodoctor.application.notifications.letters import dollars
from autodoctor.application.notifications.refunds import to_the_card
from autodoctor.application.notifications.released import withdraw_ready
from autodoctor.application.notifications.send import Telling, tell_account
from autodoctor.application.sessions.consulted import keeps_free_session
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import SessionCancelled, SessionExpired
from autodoctor.domain.sessions.no_show import SECOND_CHANCES
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction

_WHY: Final = {
    Cause.CUSTOMER_NO_SHOW: (
        "We missed you",
        "You did not come to the room within ten minutes, and your mechanic was there, so the "
        "session was called off.",
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
        "We are sorry: our team had to cancel your session.",
    ),
    Cause.TOO_SHORT: (
        "Your session was too short to count",
        "The conversation ended before a minute was over, so it does not count as one.",
    ),
}


def tell_called_off(
    ports: Ports, tx: Transaction, recorded: Recorded, event: SessionCancelled
) -> None:
    """Who calls off their own session knows it, and is mailed about their money alone. One that
    ended because its payment went back is told with that."""
    if event.mechanic_id is not None:
        withdraw_ready(tx, event.customer_id, event.session_id, event.mechanic_id)
    match event.cause:
        case Cause.REFUNDED_AT_PROVIDER | Cause.DISPUTE_LOST:
            return
        case Cause.CUSTOMER:
            if not (event.kept or event.refund):
                return
            telling = _cancelled(event, _money(tx, recorded, event))
        case _:
            telling = _called_off(event, _money(tx, recorded, event))
    customer = AccountId(event.customer_id)
    tell_account(ports, tx, customer, telling, reference=str(recorded.id))


def _cancelled(event: SessionCancelled, money: tuple[str, ...]) -> Telling:
    return Telling(
        occasion=Occasion.REFUND_PROCESSED,
        role=Role.CUSTOMER,
        title="You cancelled your session",
        url=f"/customer/sessions/{event.session_id}",
        letter_paragraphs=("We have cancelled your session, as you asked.", *money),
        action="See your session",
    )


def _called_off(event: SessionCancelled, money: tuple[str, ...]) -> Telling:
    title, why = _WHY[event.cause]
    return Telling(
        occasion=Occasion.SESSION_ENDED,
        role=Role.CUSTOMER,
        title=title,
        url=f"/customer/sessions/{event.session_id}",
        letter_paragraphs=(why, *money),
        action="See your session",
        needed=bool(event.kept or event.refund),
    )


def _money(tx: Transaction, recorded: Recorded, event: SessionCancelled) -> tuple[str, ...]:
    refund = to_the_card(
        tx, event.session_id, event.refund, paid=event.refund + event.kept, ended=recorded.at
    )
    if event.kept and event.refund:
        return refund, f"By the rules you agreed to, {dollars(event.kept)} is not refunded."
    if event.kept:
        return (f"By the rules you agreed to, the {dollars(event.kept)} you paid is not refunded.",)
    if event.refund:
        return (refund,)
    if keeps_free_session(tx, event):
        return (
            "You have not paid anything. Your mechanic has answered, so your free session is used.",
        )
    return ("You have not paid anything, and your free session is yours again.",)


def tell_expired(ports: Ports, tx: Transaction, recorded: Recorded, event: SessionExpired) -> None:
    money = "You have not paid anything, and your free session is yours again."
    if event.refund:
        money = to_the_card(
            tx, event.session_id, event.refund, paid=event.refund, ended=recorded.at
        )
    title, why = _without_mechanic(tx, event)
    telling = Telling(
        occasion=Occasion.SESSION_ENDED,
        role=Role.CUSTOMER,
        title=title,
        url=f"/customer/sessions/{event.session_id}",
        letter_paragraphs=(f"We are sorry: {why}", money),
        action="See your session",
        needed=bool(event.refund),
    )
    customer = AccountId(event.customer_id)
    tell_account(ports, tx, customer, telling, reference=str(recorded.id))


def _without_mechanic(tx: Transaction, event: SessionExpired) -> tuple[str, str]:
    if tx.sessions.get(event.session_id).mechanic_no_shows > SECOND_CHANCES:
        return (
            "No mechanic came to your session",
            "two mechanics accepted your request, but neither was in the room when the ten "
            "minutes for coming were over.",
        )
    return "No mechanic was free in time", "no mechanic could take your request in time."
