"""Who is held not to have come, case by case."""

from datetime import timedelta

import pytest

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.ending import NotDueYet
from autodoctor.domain.sessions.events import (
    MechanicReleased,
    RequestOpened,
    SessionCancelled,
    SessionExpired,
)
from autodoctor.domain.sessions.no_show import Verdict, give_up, verdict
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.room import TimeUp
from autodoctor.domain.sessions.states import IllegalTransition
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.testing.consultations import CUSTOMER, MECHANIC, OTHER_MECHANIC, Consultation
from autodoctor.testing.stories import STORIES, brought_to

MINUTE, TICK = timedelta(minutes=1), timedelta(microseconds=1)
HERS, HIS = Party.CUSTOMER, Party.MECHANIC
NEVER, WENT, THERE = "never came", "came and went", "is there"
LATE, BACK = "came at the last moment", "came, went and came back"


def at_the_door(status: S) -> Consultation:
    """Matched just now, or the appointment is now."""
    told = brought_to(status)
    told.now = told.session.scheduled_for or told.now
    return told


def lived(told: Consultation, mechanic: str, customer: str) -> None:
    """Ten minutes in which the two never met."""
    for party, did in ((HIS, mechanic), (HERS, customer)):
        told.wait(MINUTE)
        if did in (WENT, BACK):
            told.join(party)
            told.leave(party)
    for party, did in ((HIS, mechanic), (HERS, customer)):
        if did in (THERE, BACK):
            told.join(party)
    told.wait(8 * MINUTE - TICK)
    if mechanic == LATE:
        told.join(HIS)
    told.wait(TICK)


TABLE = [
    (NEVER, NEVER, Verdict.NO_MECHANIC_CAME),
    (NEVER, WENT, Verdict.NO_MECHANIC_CAME),
    (NEVER, THERE, Verdict.NO_MECHANIC_CAME),
    (WENT, NEVER, Verdict.NO_MECHANIC_CAME),
    (WENT, WENT, Verdict.NO_MECHANIC_CAME),
    (WENT, THERE, Verdict.NO_MECHANIC_CAME),
    (LATE, NEVER, Verdict.CUSTOMER_DID_NOT_COME),
    (BACK, NEVER, Verdict.CUSTOMER_DID_NOT_COME),
    (THERE, NEVER, Verdict.CUSTOMER_DID_NOT_COME),
    (LATE, WENT, Verdict.MISSED_EACH_OTHER),
    (BACK, WENT, Verdict.MISSED_EACH_OTHER),
    (THERE, WENT, Verdict.MISSED_EACH_OTHER),
]


@pytest.mark.parametrize("status", [S.MATCHED, S.SCHEDULED])
@pytest.mark.parametrize(("mechanic", "customer", "found"), TABLE)
def test_the_verdict(status: S, mechanic: str, customer: str, found: Verdict) -> None:
    told = at_the_door(status)

    lived(told, mechanic, customer)

    assert verdict(told.session, at=told.now) is found


@pytest.mark.parametrize(("mechanic", "customer", "found"), TABLE)
def test_what_happens_later_changes_no_verdict(
    mechanic: str, customer: str, found: Verdict
) -> None:
    told = at_the_door(S.MATCHED)
    lived(told, mechanic, customer)

    for party in Party:
        if party in told.session.attendance.present:
            told.leave(party)
        else:
            with pytest.raises(TimeUp):
                told.join(party)

    assert verdict(told.session, at=told.now) is found


def test_it_is_given_ten_minutes_to_the_microsecond() -> None:
    told = at_the_door(S.MATCHED)
    told.wait(10 * MINUTE - TICK)

    with pytest.raises(NotDueYet) as refused:
        verdict(told.session, at=told.now)
    assert refused.value.facts == {"session_id": told.session.id, "due_at": told.now + TICK}
    told.start()

    assert told.session.status is S.LIVE


@pytest.mark.parametrize("status", [s for s in STORIES if s not in (S.MATCHED, S.SCHEDULED)])
def test_of_what_is_not_about_to_start_there_is_none(status: S) -> None:
    told = brought_to(status)
    told.wait(timedelta(days=365))

    with pytest.raises(NotDueYet) as refused:
        verdict(told.session, at=told.now)

    assert refused.value.facts == {"session_id": told.session.id, "due_at": None}


def test_without_a_mechanic_it_waits_once_more() -> None:
    told = at_the_door(S.MATCHED)
    lived(told, NEVER, THERE)

    events = told.not_met()

    assert [type(each) for each in events] == [MechanicReleased, RequestOpened]
    assert (told.session.status, told.session.mechanic_no_shows) == (S.WAITING, 1)


@pytest.mark.parametrize(("mechanic", "customer"), [(NEVER, NEVER), (WENT, NEVER), (WENT, THERE)])
def test_the_second_time_it_expires_and_nobody_is_asked_for(mechanic: str, customer: str) -> None:
    told = at_the_door(S.MATCHED)
    lived(told, NEVER, NEVER)
    told.not_met()
    told.accept(OTHER_MECHANIC)
    lived(told, mechanic, customer)

    events = told.not_met()

    session = told.session
    assert events == (
        MechanicReleased(session.id, OTHER_MECHANIC, no_show=True),
        SessionExpired(session.id, CUSTOMER, session.terms.price),
    )
    assert (session.status, session.mechanic_id) == (S.EXPIRED, None)
    assert (session.mechanic_no_shows, session.ended_at) == (2, told.now)
    assert [each.status for each in told.shelf.requests()] == [RequestStatus.CANCELLED] * 2


def test_a_customer_who_came_pays_nothing_even_for_an_appointment() -> None:
    told = at_the_door(S.SCHEDULED)
    lived(told, THERE, WENT)

    (cancelled,) = told.not_met()

    price = told.session.terms.price
    nothing = price - price
    assert cancelled == SessionCancelled(
        told.session.id, CUSTOMER, MECHANIC, Cause.MISSED, price, nothing
    )


def test_a_customer_who_did_not_come_to_an_appointment_pays_it() -> None:
    told = at_the_door(S.SCHEDULED)
    lived(told, THERE, NEVER)

    (cancelled,) = told.not_met()

    assert isinstance(cancelled, SessionCancelled)
    assert cancelled.cause is Cause.CUSTOMER_NO_SHOW
    assert (cancelled.refund.minor, cancelled.kept) == (0, told.session.terms.price)


@pytest.mark.parametrize("status", [S.WAITING, S.EXPIRED])
def test_without_a_mechanic_there_is_nobody_to_give_up(status: S) -> None:
    told = brought_to(status)

    with pytest.raises(IllegalTransition) as refused:
        give_up(told.session, at=told.now)

    assert refused.value.facts == {"current": status, "requested": S.WAITING}
