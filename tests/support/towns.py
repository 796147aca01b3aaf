"""Ways to where a test begins, in a town in memory."""

from datetime import timedelta

import attrs

from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import end_session
from autodoctor.application.sessions.room import join
from autodoctor.domain.sessions.request import Request
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import AccountId
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session


@attrs.frozen
class Pair:
    """A customer and a mechanic, and the session that brought them together."""

    customer: Actor
    mechanic: Actor
    session: Session


def request_of(town: Town, session: Session) -> Request:
    with town.kept(SYSTEM) as tx:
        request = tx.requests.current(session.id)
    assert request is not None, "it waits, or is taken"
    return request


def now(town: Town, session: Session) -> Session:
    with town.kept(SYSTEM) as tx:
        return tx.sessions.get(session.id)


def matched(town: Town) -> Pair:
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    session = a_paid_session(town, customer)
    taken = accept(town.ports, actor=mechanic, request_id=request_of(town, session).id)
    return Pair(customer, mechanic, taken)


def live(town: Town) -> Pair:
    pair = matched(town)
    for party in (pair.customer, pair.mechanic):
        join(town.ports, actor=party, session_id=pair.session.id)
    return attrs.evolve(pair, session=now(town, pair.session))


def completed(town: Town) -> Pair:
    """After a talk of five minutes."""
    pair = live(town)
    town.clock.advance(timedelta(minutes=5))
    ended = end_session(town.ports, actor=pair.customer, session_id=pair.session.id)
    return attrs.evolve(pair, session=ended)


def told(town: Town, account_id: AccountId) -> list[str]:
    """The kinds of news that somebody's streams were told, in order."""
    news = town.kept.tables.live.values()  # type: ignore[attr-defined]
    return [each.kind for each in news if each.audience == f"account:{account_id}"]


def stayed(town: Town, by: timedelta) -> None:
    """Time passes, and whoever is in a room is heard of all the while."""
    with town.kept(SYSTEM) as tx:
        tx.presence.renew_all(by=by)
    town.clock.advance(by)
