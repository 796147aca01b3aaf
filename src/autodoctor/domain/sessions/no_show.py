"""Ten minutes after the match, or after the appointment, the two have not met: what now.

What counts is who is in the room at that moment. A mechanic who is not did not come, also when
they were there before: only who is still there has waited for the customer.

| the mechanic | the customer | verdict | and so |
|---|---|---|---|
| is away | any | no mechanic came | it waits for another one |
| is away, the second time | any | give up | it expires, everything goes back |
| is there | never came | the customer did not come | called off, by the table of refunds |
| is there | came and went | they missed each other | called off, everything goes back |

Both there is not in it: that is a live session.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from autodoctor.domain.sessions.acceptance import without_mechanic
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.ending import NotDueYet, Outcome, expire
from autodoctor.domain.sessions.events import MechanicReleased
from autodoctor.domain.sessions.room import no_show_due
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import IllegalTransition, SessionStatus
from autodoctor.domain.shared.actor import Role

SECOND_CHANCES: Final = 1
"""How often a session waits again for a mechanic because one did not come."""


class Verdict(StrEnum):
    NO_MECHANIC_CAME = "no_mechanic_came"
    GIVE_UP = "give_up"
    CUSTOMER_DID_NOT_COME = "customer_did_not_come"
    MISSED_EACH_OTHER = "missed_each_other"


def verdict(session: Session, *, at: datetime) -> Verdict:
    """By the table above; NotDueYet before the ten minutes are over, and for a session that
    is not about to start."""
    due = no_show_due(session)
    if due is None or at < due:
        raise NotDueYet(session.id, due)
    attendance = session.attendance
    if Party.MECHANIC not in attendance.present:
        spent = session.mechanic_no_shows >= SECOND_CHANCES
        return Verdict.GIVE_UP if spent else Verdict.NO_MECHANIC_CAME
    if attendance.customer_joined_at is None:
        return Verdict.CUSTOMER_DID_NOT_COME
    return Verdict.MISSED_EACH_OTHER


def give_up(session: Session, *, at: datetime) -> Outcome:
    """Without its mechanic and at its end in one step: nobody is asked to take what nobody
    may take any more."""
    if session.mechanic_id is None:
        raise IllegalTransition(session.status, SessionStatus.WAITING)
    waiting = without_mechanic(session, by=Role.SYSTEM, no_show=True)
    expired, events = expire(waiting, at=at)
    released = MechanicReleased(session.id, session.mechanic_id, no_show=True)
    return expired, (released, *events)
