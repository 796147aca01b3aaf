"""Telling a mechanic that a session they accepted is not theirs any more, and why."""

from typing import Final

from autodoctor.application.notifications.send import Telling, tell_account
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import MechanicReleased, SessionCancelled
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, MechanicId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction

_WHY: Final = {
    Cause.CUSTOMER: (
        "Your customer cancelled the session",
        "Your customer cancelled the session before it started.",
    ),
    Cause.CUSTOMER_NO_SHOW: (
        "Your customer did not come",
        "Your customer did not come to the room within ten minutes, so the session was called "
        "off. Thank you for waiting.",
    ),
    Cause.MISSED: (
        "You missed each other",
        "You and your customer were in the room one after the other, never at the same time, so "
        "the session was called off.",
    ),
    Cause.PLATFORM: (
        "We called off your session",
        "We are sorry: our team had to cancel your session.",
    ),
}
"""Who cancels it themselves knows it, a session within a minute is told on its page, and one
whose payment went back with the share."""


def tell_mechanic_called_off(
    ports: Ports, tx: Transaction, recorded: Recorded, event: SessionCancelled
) -> None:
    told = _WHY.get(event.cause)
    if event.mechanic_id is None or told is None:
        return
    title, why = told
    share = "The customer gets no refund, and you are paid your share." if not event.refund else ""
    if event.kept and event.refund:
        share = "Part of the price is not refunded, and you are paid your share of it."
    if not event.kept:
        share = "There is nothing to pay for it, and nothing for you to do."
    _tell(ports, tx, recorded, event.mechanic_id, (title, why, share))


def tell_mechanic_released(
    ports: Ports, tx: Transaction, recorded: Recorded, event: MechanicReleased
) -> None:
    """Not to the one who gave it back."""
    if recorded.actor_role is Role.MECHANIC:
        return
    title, why = "Your session goes to another mechanic", "Our team gave it to somebody else."
    if event.no_show:
        title = "You missed your session"
        why = (
            "You were not in the room when the ten minutes for coming were over, so the request "
            "is not yours any more."
        )
    _tell(ports, tx, recorded, event.mechanic_id, (title, why))


def _tell(
    ports: Ports,
    tx: Transaction,
    recorded: Recorded,
    mechanic_id: MechanicId,
    news: tuple[str, ...],
) -> None:
    """`news` is the title and the paragraphs."""
    title, *paragraphs = news
    telling = Telling(
        occasion=Occasion.SESSION_LOST,
        role=Role.MECHANIC,
        title=title,
        url="/mechanic/sessions",
        letter_paragraphs=tuple(paragraphs),
        action="See your sessions",
    )
    tell_account(ports, tx, AccountId(mechanic_id), telling, reference=str(recorded.id))
