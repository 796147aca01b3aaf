"""How a session comes to be in each of its states, told with a `Consultation`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.session import Terms
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.testing.consultations import TERMS, Consultation

AHEAD: Final = timedelta(days=2)
"""How long before its appointment a scheduled session is booked."""

TALK: Final = timedelta(minutes=2)
"""Long enough to count, and within every plan."""


def waits(told: Consultation) -> None:
    """Nothing has happened yet."""


def matched(told: Consultation) -> None:
    told.accept()


def goes_live(told: Consultation) -> None:
    told.accept()
    told.start()


def loses_one(told: Consultation) -> None:
    goes_live(told)
    told.wait(TALK)
    told.leave(Party.CUSTOMER)


def completed(told: Consultation) -> None:
    goes_live(told)
    told.wait(TALK)
    told.end()


def handed_over(told: Consultation) -> None:
    goes_live(told)
    told.wait(TALK)
    told.escalate()


def expired(told: Consultation) -> None:
    told.wait(timedelta(minutes=15))
    told.expire()


def called_off(told: Consultation) -> None:
    told.cancel()


def given_back(told: Consultation) -> None:
    told.cancel()
    told.refund(told.session.terms.price)


def out_of_sight(told: Consultation) -> None:
    completed(told)
    told.wait(timedelta(days=30))
    told.archive()


STORIES: Final[dict[S, Callable[[Consultation], None]]] = {
    S.WAITING: waits,
    S.MATCHED: matched,
    S.SCHEDULED: matched,
    S.LIVE: goes_live,
    S.RECONNECTING: loses_one,
    S.COMPLETED: completed,
    S.ESCALATED: handed_over,
    S.EXPIRED: expired,
    S.CANCELLED: called_off,
    S.REFUNDED: given_back,
    S.ARCHIVED: out_of_sight,
}
"""The shortest way to each state that is kept; pending never is."""


def brought_to(status: S, *, terms: Terms = TERMS) -> Consultation:
    """A consultation whose session is in that state."""
    told = Consultation()
    later = told.now + AHEAD if status is S.SCHEDULED else None
    told.open(terms=terms, scheduled_for=later)
    STORIES[status](told)
    assert told.session.status is status, f"{told.session.status} instead of {status}"
    return told
