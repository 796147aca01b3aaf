"""What happened to a session, event by event: a sentence, when, and who did it."""

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from babel.dates import format_time

from autodoctor.domain.revenue.events import (
    DisputeClosed,
    DisputeOpened,
    EarningsReduced,
    MoneyIssueOpened,
    RefundDone,
    RefundedAtProvider,
    RefundFailed,
    RefundSettled,
    TransferDone,
)
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import (
    EscalationResolved,
    MechanicReleased,
    PartyJoined,
    PartyLeft,
    ReportPublished,
    RequestAccepted,
    RequestOpened,
    SessionArchived,
    SessionCancelled,
    SessionCompleted,
    SessionEscalated,
    SessionExpired,
    SessionOpened,
    SessionPaused,
    SessionRefunded,
    SessionResumed,
    SessionStarted,
)
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.formats import LOCALE, minutes_text, money_text
from autodoctor.entrypoints.web.pages.mechanic_queue import soon
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Moment
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.operations import Recorded

_ROLES: Final = {
    Role.SYSTEM: "autodoctor",
    Role.CUSTOMER: "the customer",
    Role.MECHANIC: "the mechanic",
    Role.ADMIN: "an admin",
    Role.WORKSHOP: "the workshop",
    Role.CORPORATE: "the company",
}
_CAUSES: Final = {
    Cause.CUSTOMER: "Called off by the customer",
    Cause.CUSTOMER_NO_SHOW: "The customer did not come",
    Cause.MECHANIC: "Called off by the mechanic",
    Cause.PLATFORM: "Called off by us",
    Cause.MISSED: "Both came, but never at the same time",
    Cause.REFUNDED_AT_PROVIDER: "Ended because the payment was refunded at the payment provider",
    Cause.DISPUTE_LOST: "Ended because the customer's bank returned the payment",
    Cause.TOO_SHORT: "Ended with under a minute of both there, which does not count",
}
_TONES: Final[Mapping[type[Event], Tone]] = {
    RequestAccepted: Tone.OK,
    SessionStarted: Tone.LIVE,
    SessionPaused: Tone.WARN,
    SessionCompleted: Tone.OK,
    SessionCancelled: Tone.BAD,
    SessionExpired: Tone.WARN,
    MechanicReleased: Tone.WARN,
    DisputeOpened: Tone.BAD,
    TransferDone: Tone.OK,
    RefundDone: Tone.INFO,
}


def moments(
    told: tuple[Recorded, ...], names: Mapping[UUID, str], when: When
) -> tuple[Moment, ...]:
    """First to last."""
    return tuple(
        Moment(
            what=sentence(each.event, names, when),
            at=each.at.isoformat(),
            when=f"{_exact(each, when)}, by {_who(each, names)}",
            tone=_TONES.get(type(each.event), Tone.NEUTRAL),
        )
        for each in told
    )


def _exact(recorded: Recorded, when: When) -> str:
    """With seconds: much can happen within a minute."""
    local = recorded.at.astimezone(when.zone)
    return f"{when.day(recorded.at)}, {format_time(local, 'medium', locale=LOCALE)}"


def _outside(event: Event) -> str:
    if isinstance(event, SessionCancelled) and event.cause is Cause.DISPUTE_LOST:
        return "the customer's bank"
    return "somebody at the payment provider"


def _who(recorded: Recorded, names: Mapping[UUID, str]) -> str:
    if (recorded.actor_id, recorded.actor_role) == (SYSTEM.account_id, Role.ADMIN):
        return _outside(recorded.event)
    role = _ROLES[recorded.actor_role]
    name = names.get(recorded.actor_id, "")
    return f"{name}, {role}" if name and recorded.actor_role is not Role.SYSTEM else role


def sentence(event: Event, names: Mapping[UUID, str], when: When) -> str:
    return _of_session(event, names, when) or _of_money(event) or spelled(event)


def _of_session(event: Event, names: Mapping[UUID, str], when: When) -> str:
    match event:
        case SessionOpened(paid=paid):
            return f"Booked, {money_text(paid)} paid" if paid else "Booked as a free session"
        case RequestOpened(expires_at=until):
            return f"Open to mechanics until {soon(until, when)}"
        case RequestAccepted(mechanic_id=mechanic, scheduled_for=later):
            taken = f"{names.get(mechanic, 'A mechanic')} accepted"
            return f"{taken} for {soon(later, when)}" if later else taken
        case MechanicReleased(mechanic_id=mechanic, no_show=no_show):
            name = names.get(mechanic, "The mechanic")
            gone = "did not come" if no_show else "gave it back"
            return f"{name} {gone}; it waits for somebody else"
        case SessionEscalated() | EscalationResolved() | SessionArchived():
            return _AFTERWARDS[type(event)]
        case _:
            return _of_room(event) or _of_end(event)


_AFTERWARDS: Final[Mapping[type[Event], str]] = {
    SessionEscalated: "Handed over to a workshop",
    EscalationResolved: "The workshop has done its part",
    SessionArchived: "Filed away; nothing is open",
}


def _of_room(event: Event) -> str:
    match event:
        case PartyJoined(party=party):
            return f"The {party} came into the room"
        case PartyLeft(party=party):
            return f"The {party} left the room"
        case SessionStarted():
            return "Both are there: the clock runs"
        case SessionPaused(missing=party):
            return f"The {party} is missing: the clock stands"
        case SessionResumed():
            return "Both are back: the clock runs on"
        case _:
            return ""


def _of_end(event: Event) -> str:
    match event:
        case SessionCompleted(minutes=minutes, timed_out=by_itself):
            how = "by itself, its time over" if by_itself else "by hand"
            return f"Completed after {minutes_text(minutes)}, ended {how}"
        case SessionCancelled(cause=cause, refund=refund, kept=kept):
            return f"{_CAUSES[cause]}{_given_back(cause, refund, kept)}"
        case SessionExpired(refund=refund):
            return f"Nobody took it in time; {money_text(refund)} refunded"
        case ReportPublished(amended=amended):
            return "The mechanic added to the report" if amended else "The report is ready"
        case SessionRefunded(amount=amount):
            return f"Refunded: all of the {money_text(amount)} is back with the customer"
        case _:
            return ""


def _given_back(cause: Cause, refund: Money, kept: Money) -> str:
    """Nothing of what the bank gave back itself."""
    if cause is Cause.DISPUTE_LOST:
        return ""
    kept_text = f", {money_text(kept)} kept" if kept else ""
    return f"; {money_text(refund)} refunded{kept_text}"


def _of_money(event: Event) -> str:
    match event:
        case TransferDone(amount=amount):
            return f"{money_text(amount)} paid out"
        case DisputeOpened(amount=amount):
            return f"The customer's bank asks {money_text(amount)} back"
        case DisputeClosed(won=won):
            return "The bank decided for us" if won else "The bank decided for the customer"
        case EarningsReduced(account=account, amount=amount):
            return f"The {account}'s share is {money_text(amount)} less"
        case MoneyIssueOpened():
            return "Staff were asked to look at the money"
        case _:
            return _of_refund(event)


def _of_refund(event: Event) -> str:
    match event:
        case RefundDone(amount=amount):
            return f"{money_text(amount)} given back by the payment provider"
        case RefundedAtProvider(amount=amount):
            return f"{money_text(amount)} refunded at the payment provider, outside autodoctor"
        case RefundFailed(amount=amount):
            return f"The customer's bank sent {money_text(amount)} of a refund back"
        case RefundSettled(amount=amount):
            return f"{money_text(amount)} refunded another way"
        case _:
            return ""


def spelled(event: Event) -> str:
    """A kind without a sentence yet: its name, as words."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(event).__name__)
    return words.capitalize()
