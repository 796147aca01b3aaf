"""Every state of a session in words: a label and a sentence for each role. Pages show these and
never the state's own name."""

from typing import Final

import attrs

from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.formats import minutes_text
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.queries import SessionView


@attrs.frozen
class Words:
    """`label` is for lists and badges; in `sentence`, `{other}` is the other party's name."""

    label: str
    sentence: str
    tone: Tone


_CUSTOMER: Final = {
    S.PENDING: Words("Being prepared", "Your booking is being prepared.", Tone.INFO),
    S.WAITING: Words(
        "Looking for a mechanic", "Your request is with the mechanics on shift.", Tone.WARN
    ),
    S.MATCHED: Words(
        "Mechanic found", "{other} has accepted and meets you in your room.", Tone.INFO
    ),
    S.SCHEDULED: Words("Booked", "{other} expects you at the time you booked.", Tone.INFO),
    S.LIVE: Words("In session", "You are talking with {other}.", Tone.LIVE),
    S.RECONNECTING: Words(
        "Connection lost", "One of you lost the connection; the clock stands still.", Tone.WARN
    ),
    S.COMPLETED: Words("Completed", "Your session with {other} is complete.", Tone.OK),
    S.ESCALATED: Words(
        "With a workshop",
        "{other} has passed your case to a workshop; you get a quote from there.",
        Tone.INFO,
    ),
    S.EXPIRED: Words("No mechanic in time", "Nobody could take your request in time.", Tone.WARN),
    S.CANCELLED: Words("Cancelled", "This session did not take place.", Tone.NEUTRAL),
    S.REFUNDED: Words(
        "Refunded", "This session did not take place; the whole price went back.", Tone.NEUTRAL
    ),
    S.ARCHIVED: Words("Closed", "This session is over and kept for your records.", Tone.NEUTRAL),
}
_MECHANIC: Final = {
    S.PENDING: Words("Being prepared", "The customer's booking is being prepared.", Tone.INFO),
    S.WAITING: Words("Open", "The customer waits for a mechanic.", Tone.WARN),
    S.MATCHED: Words("Accepted", "You have accepted; {other} meets you in the room.", Tone.INFO),
    S.SCHEDULED: Words("Appointment", "{other} expects you at the time booked.", Tone.INFO),
    S.LIVE: Words("In session", "You are talking with {other}.", Tone.LIVE),
    S.RECONNECTING: Words(
        "Connection lost", "One of you lost the connection; the clock stands still.", Tone.WARN
    ),
    S.COMPLETED: Words("Completed", "Your session with {other} is complete.", Tone.OK),
    S.ESCALATED: Words("Handed over", "You have passed {other}'s case to a workshop.", Tone.INFO),
    S.EXPIRED: Words("Expired", "The request ended without a mechanic.", Tone.NEUTRAL),
    S.CANCELLED: Words("Called off", "This session did not take place.", Tone.NEUTRAL),
    S.REFUNDED: Words(
        "Refunded", "This session did not take place; {other} got the price back.", Tone.NEUTRAL
    ),
    S.ARCHIVED: Words("Closed", "This session is over and kept for the records.", Tone.NEUTRAL),
}
_ADMIN: Final = {
    S.PENDING: Words("Not open yet", "Paid, or free; its request is about to open.", Tone.INFO),
    S.WAITING: Words("Unattended", "Its request waits for a mechanic.", Tone.WARN),
    S.MATCHED: Words("Matched", "A mechanic has accepted; they have not met yet.", Tone.INFO),
    S.SCHEDULED: Words("Scheduled", "A mechanic has accepted it for later.", Tone.INFO),
    S.LIVE: Words("Live", "Both are in the room and the clock runs.", Tone.LIVE),
    S.RECONNECTING: Words("Paused", "One party is missing and the clock stands.", Tone.WARN),
    S.COMPLETED: Words("Completed", "The conversation took place.", Tone.OK),
    S.ESCALATED: Words("Escalated", "The mechanic handed the case to a workshop.", Tone.INFO),
    S.EXPIRED: Words("Expired", "No mechanic accepted in time; the price is refunded.", Tone.WARN),
    S.CANCELLED: Words("Cancelled", "It was called off before or right after the start.", Tone.BAD),
    S.REFUNDED: Words("Refunded", "The whole price went back to the customer.", Tone.NEUTRAL),
    S.ARCHIVED: Words("Archived", "Thirty days after its end; nothing is open.", Tone.NEUTRAL),
}
_WORKSHOP: Final = {
    S.PENDING: Words("Being prepared", "A customer's booking is being prepared.", Tone.INFO),
    S.WAITING: Words("Open", "The customer waits for one of your mechanics.", Tone.WARN),
    S.MATCHED: Words("Accepted", "{other} has accepted it for you.", Tone.INFO),
    S.SCHEDULED: Words("Appointment", "{other} has an appointment with the customer.", Tone.INFO),
    S.LIVE: Words("In session", "{other} is talking with the customer.", Tone.LIVE),
    S.RECONNECTING: Words(
        "Connection lost", "One of the two lost the connection; the clock stands still.", Tone.WARN
    ),
    S.COMPLETED: Words("Completed", "{other} and the customer have talked.", Tone.OK),
    S.ESCALATED: Words("Handed over", "The case is with a workshop for a quote.", Tone.INFO),
    S.EXPIRED: Words("Not taken", "Nobody could take it in time.", Tone.WARN),
    S.CANCELLED: Words("Called off", "This session did not take place.", Tone.NEUTRAL),
    S.REFUNDED: Words(
        "Refunded", "It did not take place; the customer got the price back.", Tone.NEUTRAL
    ),
    S.ARCHIVED: Words("Closed", "It is over and kept for your records.", Tone.NEUTRAL),
}
_CORPORATE: Final = {
    S.PENDING: Words("Being prepared", "The booking is being prepared.", Tone.INFO),
    S.WAITING: Words("Looking for a mechanic", "Your driver waits for a mechanic.", Tone.WARN),
    S.MATCHED: Words("Mechanic found", "{other} has accepted and meets your driver.", Tone.INFO),
    S.SCHEDULED: Words("Booked", "{other} expects your driver at the time booked.", Tone.INFO),
    S.LIVE: Words("In session", "Your driver is talking with {other}.", Tone.LIVE),
    S.RECONNECTING: Words(
        "Connection lost", "One of the two lost the connection; the clock stands still.", Tone.WARN
    ),
    S.COMPLETED: Words("Completed", "Your driver has talked with {other}.", Tone.OK),
    S.ESCALATED: Words("With a workshop", "A workshop looks at the case for a quote.", Tone.INFO),
    S.EXPIRED: Words(
        "No mechanic in time", "Nobody could take it in time; it costs nothing.", Tone.WARN
    ),
    S.CANCELLED: Words("Cancelled", "This session did not take place.", Tone.NEUTRAL),
    S.REFUNDED: Words("Refunded", "It did not take place and costs nothing.", Tone.NEUTRAL),
    S.ARCHIVED: Words("Closed", "It is over and kept for your records.", Tone.NEUTRAL),
}
_BY_ROLE: Final = {
    Role.CUSTOMER: _CUSTOMER,
    Role.MECHANIC: _MECHANIC,
    Role.WORKSHOP: _WORKSHOP,
    Role.CORPORATE: _CORPORATE,
}
_OTHERS: Final = {
    Role.CUSTOMER: "your mechanic",
    Role.WORKSHOP: "your mechanic",
    Role.CORPORATE: "the mechanic",
}


def talked(session: SessionView) -> str:
    """How long both were there; empty before the start, and in the first minute."""
    if session.minutes_used:
        return minutes_text(session.minutes_used)
    return "Under a minute" if session.started_at and session.ended_at else ""


def refunded_in_full(session: SessionView) -> bool:
    """The customer has the whole price back, also of a session that took place."""
    return bool(session.price) and session.refunded >= session.price


CALLED_OFF: Final = (S.CANCELLED, S.REFUNDED)
TOO_SHORT: Final = "The session ended within a minute, so it does not count."


def words(status: S, role: Role) -> Words:
    """To each role its own; the system reads what staff read."""
    return _BY_ROLE.get(role, _ADMIN)[status]


def sentence(status: S, role: Role, *, other: str = "") -> str:
    """`other` is who the reader looks at: the customer for a mechanic, the mechanic for
    everybody else. It is empty as long as nobody has accepted."""
    fallback = _OTHERS.get(role, "the customer")
    return filled(words(status, role), other or fallback)


def filled(told: Words, other: str) -> str:
    whole = told.sentence.format(other=other)
    return whole[0].upper() + whole[1:]


def mechanic_or_nobody(view: SessionView) -> str:
    """Whose session it is; as long as it is not over, somebody may still take it."""
    return view.mechanic_name or ("Nobody" if view.ended_at else "Nobody yet")
