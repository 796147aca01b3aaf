"""Ten minutes after the match the timer rings: what each side sees of it."""

from datetime import timedelta

import pytest

from autodoctor.application.operations.due import run_timers
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.room import join
from autodoctor.domain.sessions.events import MechanicReleased, RequestOpened
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.testing.ports import (
    Town,
    a_customer,
    a_mechanic,
    a_paid_session,
    deliver_all,
    memory_town,
)
from support.towns import stayed


@pytest.fixture
def town() -> Town:
    return memory_town()


def now(town: Town, session: Session) -> Session:
    with town.kept(SYSTEM) as tx:
        return tx.sessions.get(session.id)


def taken_by(town: Town, session: Session, mechanic: Actor) -> None:
    with town.kept(SYSTEM) as tx:
        request = tx.requests.current(session.id)
    assert request is not None, "it waits"
    accept(town.ports, actor=mechanic, request_id=request.id)


def ten_minutes_pass(town: Town) -> None:
    stayed(town, timedelta(minutes=10))
    run_timers(town.ports)
    deliver_all(town)


def alerts(town: Town) -> int:
    told = town.kept.tables.notifications.values()
    return sum(each.occasion == "new_request" for each in told)


def test_the_first_time_somebody_else_is_asked(town: Town) -> None:
    one, other = a_mechanic(town.ports), a_mechanic(town.ports)
    session = a_paid_session(town, a_customer(town.ports))
    taken_by(town, session, one)

    ten_minutes_pass(town)

    assert now(town, session).status is SessionStatus.WAITING
    at = town.clock.now()
    seen = town.ports.queries.requests.waiting(other.mechanic_id, at=at)
    assert [each.session_id for each in seen] == [session.id]


def test_the_second_time_everything_goes_back_and_no_mechanic_is_alerted(town: Town) -> None:
    one, other = a_mechanic(town.ports), a_mechanic(town.ports)
    session = a_paid_session(town, a_customer(town.ports))
    taken_by(town, session, one)
    ten_minutes_pass(town)
    alerts_of_the_first_time = alerts(town)
    taken_by(town, session, other)
    deliver_all(town)
    asked_before = len(asked(town, session))

    ten_minutes_pass(town)

    assert now(town, session).status is SessionStatus.REFUNDED
    assert alerts_of_the_first_time > alerts(town) == 0
    assert len(asked(town, session)) == asked_before == 2
    released = [e for e in timeline(town, session) if isinstance(e, MechanicReleased)]
    assert [each.no_show for each in released] == [True, True]


def timeline(town: Town, session: Session) -> list[object]:
    with town.kept(SYSTEM) as tx:
        return [each.event for each in tx.outbox.of_session(session.id)]


def asked(town: Town, session: Session) -> list[object]:
    return [each for each in timeline(town, session) if isinstance(each, RequestOpened)]


def test_a_mechanic_who_waited_for_a_customer_is_free_again(town: Town) -> None:
    mechanic = a_mechanic(town.ports)
    session = a_paid_session(town, a_customer(town.ports))
    taken_by(town, session, mechanic)
    join(town.ports, actor=mechanic, session_id=session.id)

    ten_minutes_pass(town)

    assert now(town, session).status is SessionStatus.REFUNDED
    taken_by(town, a_paid_session(town, a_customer(town.ports)), mechanic)


def test_a_timer_that_rings_when_they_have_met_does_nothing(town: Town) -> None:
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    session = a_paid_session(town, customer)
    taken_by(town, session, mechanic)
    for actor in (customer, mechanic):
        join(town.ports, actor=actor, session_id=session.id)

    ten_minutes_pass(town)

    assert now(town, session).status is SessionStatus.LIVE
