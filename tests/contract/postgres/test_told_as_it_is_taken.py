"""A request is taken in the instant in which a mechanic is told of it: the news goes with it."""

import threading

import attrs
import pytest

from autodoctor.adapters.postgres.rows import Guards
from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.application.notifications.tell import notify
from autodoctor.application.sessions.accept import accept
from autodoctor.domain.sessions.events import RequestOpened
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session, town_on
from support.interrupting import Interrupted, RandomIds, begin, finish
from support.postgres import Database
from support.towns import request_of


@pytest.fixture(scope="module")
def town(database: Database) -> Town:
    return town_on(database.transactions, database.queries, ids=RandomIds())


def news_left(town: Town, database: Database, guards: Guards) -> int:
    """How much a mechanic is told of a request that another takes while it is being told."""
    reader, taker, customer = a_mechanic(town.ports), a_mechanic(town.ports), a_customer(town.ports)
    session = a_paid_session(town, customer)
    request = request_of(town, session)
    takes = threading.Thread(target=lambda: accept(town.ports, actor=taker, request_id=request.id))

    clock = Interrupted(town.ports.clock, lambda: begin(database, takes))
    ports = attrs.evolve(town.ports, clock=clock)
    transactions = PostgresTransactions(database.app, ROUTES, guards)
    with transactions(SYSTEM) as tx:
        (opened,) = (
            each
            for each in tx.outbox.of_session(session.id)
            if isinstance(each.event, RequestOpened)
        )
        notify(ports, tx, opened)
    finish(takes)
    with transactions(SYSTEM) as tx:
        assert tx.sessions.get(session.id).mechanic_id == taker.mechanic_id
        return len(tx.notifications.of(reader.account_id, most=50))


def test_whoever_takes_a_request_waits_until_it_is_told_and_withdraws_it(
    town: Town, database: Database
) -> None:
    assert news_left(town, database, Guards()) == 0


def test_without_the_lock_the_news_of_a_request_that_is_gone_stays(
    town: Town, database: Database
) -> None:
    assert news_left(town, database, Guards(row_locks=False)) == 1
