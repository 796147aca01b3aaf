"""What somebody was told to do goes when it cannot be done any more."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from autodoctor.application.operations.due import run_timers
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.application.sessions.give_back import give_back
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session, deliver_all
from support.towns import matched, request_of

Closing = Callable[[Town, Actor, Session], None]


def accepted(town: Town, customer: Actor, session: Session) -> None:
    accept(town.ports, actor=a_mechanic(town.ports), request_id=request_of(town, session).id)


def called_off(town: Town, customer: Actor, session: Session) -> None:
    cancel_session(town.ports, actor=customer, session_id=session.id)


def expired(town: Town, customer: Actor, session: Session) -> None:
    town.clock.advance(timedelta(minutes=15))
    run_timers(town.ports)


CLOSED = pytest.mark.parametrize("close", [accepted, called_off, expired])


def titles(town: Town, reader: Actor) -> list[str]:
    with town.kept(SYSTEM) as tx:
        return [each.title for each in tx.notifications.of(reader.account_id, most=50)]


def count(town: Town, reader: Actor, words: str) -> int:
    return sum(words in each for each in titles(town, reader))


@CLOSED
def test_a_request_that_waits_no_more_is_no_news_to_mechanics(town: Town, close: Closing) -> None:
    reader, customer = a_mechanic(town.ports), a_customer(town.ports)
    session = a_paid_session(town, customer)
    deliver_all(town)
    before = count(town, reader, "A new request is waiting")

    close(town, customer, session)
    deliver_all(town)

    assert (before, count(town, reader, "A new request is waiting")) == (1, 0)


@CLOSED
def test_nobody_is_told_of_a_request_that_was_closed_before_the_news_was_written(
    town: Town, close: Closing
) -> None:
    reader, customer = a_mechanic(town.ports), a_customer(town.ports)
    session = a_paid_session(town, customer)

    close(town, customer, session)
    deliver_all(town)

    assert count(town, reader, "A new request is waiting") == 0


def test_other_requests_that_wait_stay_news(town: Town) -> None:
    reader, one, other = a_mechanic(town.ports), a_customer(town.ports), a_customer(town.ports)
    closed, _ = a_paid_session(town, one), a_paid_session(town, other)
    deliver_all(town)

    called_off(town, one, closed)
    deliver_all(town)

    assert count(town, reader, "A new request is waiting") == 1


def test_that_we_look_for_another_mechanic_is_no_news_once_there_is_one(town: Town) -> None:
    pair = matched(town)
    give_back(town.ports, actor=pair.mechanic, session_id=pair.session.id)
    deliver_all(town)
    before = count(town, pair.customer, "We are looking for another mechanic")

    accepted(town, pair.customer, pair.session)
    deliver_all(town)

    after = count(town, pair.customer, "We are looking for another mechanic")
    assert (before, after) == (1, 0)
    assert count(town, pair.customer, "is ready for you") == 1


@pytest.mark.parametrize("late", [False, True], ids=["told before", "told after"])
def test_nobody_is_ready_for_a_session_that_was_called_off(town: Town, late: bool) -> None:
    pair = matched(town)
    if not late:
        deliver_all(town)
        assert count(town, pair.customer, "is ready for you") == 1

    called_off(town, pair.customer, pair.session)
    deliver_all(town)

    assert count(town, pair.customer, "is ready for you") == 0
