"""A customer whose mechanic is gone hears of it, while we look for another."""

from datetime import timedelta

from autodoctor.application.operations.due import run_timers
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.give_back import give_back
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.testing.ports import Town, a_mechanic
from autodoctor.testing.town import work
from support.towns import Pair, matched, request_of

TITLE = "We are looking for another mechanic"


def ready(town: Town, pair: Pair) -> int:
    with town.kept(SYSTEM) as tx:
        found = tx.notifications.of(pair.customer.account_id, most=50)
    return sum("is ready for you" in each.title for each in found)


def told(town: Town, pair: Pair) -> int:
    with town.kept(SYSTEM) as tx:
        found = tx.notifications.of(pair.customer.account_id, most=50)
    return sum(each.title == TITLE for each in found)


def test_that_they_are_ready_is_no_news_any_more(town: Town) -> None:
    pair = matched(town)
    work(town)
    assert ready(town, pair) == 1

    give_back(town.ports, actor=pair.mechanic, session_id=pair.session.id)
    work(town)

    assert ready(town, pair) == 0


def test_a_mechanic_who_gives_it_back_is_told_once(town: Town) -> None:
    pair = matched(town)
    give_back(town.ports, actor=pair.mechanic, session_id=pair.session.id)

    for _ in range(2):
        work(town)

    assert told(town, pair) == 1


def test_a_mechanic_who_does_not_come_is_told(town: Town) -> None:
    pair = matched(town)
    town.clock.advance(timedelta(minutes=11))
    run_timers(town.ports)

    work(town)

    assert told(town, pair) == 1


def test_it_is_no_news_any_more_when_another_has_taken_it(town: Town) -> None:
    pair = matched(town)
    give_back(town.ports, actor=pair.mechanic, session_id=pair.session.id)
    other = a_mechanic(town.ports)
    accept(town.ports, actor=other, request_id=request_of(town, pair.session).id)

    work(town)

    assert told(town, pair) == 0
