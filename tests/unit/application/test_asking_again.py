"""A request that is open again asks others, not those who would not or did not take it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from autodoctor.application.operations.due import run_timers
from autodoctor.application.sessions.accept import accept, decline
from autodoctor.application.sessions.give_back import give_back
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session
from autodoctor.testing.town import work
from support.towns import request_of

Leaving = Callable[[Town, Session, Actor], None]


def gives_back(town: Town, session: Session, mechanic: Actor) -> None:
    accept(town.ports, actor=mechanic, request_id=request_of(town, session).id)
    give_back(town.ports, actor=mechanic, session_id=session.id)


def does_not_come(town: Town, session: Session, mechanic: Actor) -> None:
    accept(town.ports, actor=mechanic, request_id=request_of(town, session).id)
    town.clock.advance(timedelta(minutes=10))
    run_timers(town.ports)


def declines(town: Town, session: Session, mechanic: Actor) -> None:
    """Another one gives it back then."""
    decline(town.ports, actor=mechanic, request_id=request_of(town, session).id)
    gives_back(town, session, a_mechanic(town.ports))


LEAVING = pytest.mark.parametrize("leave", [gives_back, does_not_come, declines])


def told_in_app(town: Town, reader: Actor) -> int:
    with town.kept(SYSTEM) as tx:
        found = tx.notifications.of(reader.account_id, most=50)
    return sum(each.occasion is Occasion.NEW_REQUEST for each in found)


@LEAVING
def test_who_left_it_is_not_asked_again_and_others_are(town: Town, leave: Leaving) -> None:
    mechanic, other = a_mechanic(town.ports), a_mechanic(town.ports)
    session = a_paid_session(town, a_customer(town.ports))

    leave(town, session, mechanic)
    work(town)

    assert (told_in_app(town, mechanic), told_in_app(town, other)) == (0, 1)


@LEAVING
def test_who_left_it_does_not_see_it_again(town: Town, leave: Leaving) -> None:
    mechanic, other = a_mechanic(town.ports), a_mechanic(town.ports)
    session = a_paid_session(town, a_customer(town.ports))

    leave(town, session, mechanic)

    shown = town.ports.queries.requests.waiting
    at = town.clock.now()
    assert [shown(each.mechanic_id, at=at) == () for each in (mechanic, other)] == [True, False]
