"""A poisoned row of each kind in PostgreSQL: it is listed, and its neighbours are done."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from autodoctor.application.operations.failed_jobs import failed_jobs
from autodoctor.domain.revenue.events import NoticeReceived
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, SessionId
from autodoctor.entrypoints.realtime.feed import connect
from autodoctor.entrypoints.realtime.hub import Hub, Listener
from autodoctor.entrypoints.realtime.presence import renew
from autodoctor.ports.jobs import Queue
from autodoctor.testing.ports import Town, a_customer, a_paid_session, town_on
from support.poison import (
    POISON,
    UNDELIVERABLE,
    BreakingMailer,
    a_mail,
    a_timer,
    deliverable,
    good_timer,
    record,
    work_through,
)
from support.postgres import Cluster, Database

ADMIN: Final = Actor(SYSTEM.account_id, Role.ADMIN)
QUARTER: Final = timedelta(minutes=15)


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    """Of each test's own: what it spoils stays spoilt."""
    with cluster.database() as database:
        yield database


@pytest.fixture
def town(database: Database) -> Town:
    return town_on(database.transactions, database.queries, mailer=BreakingMailer())


def run(database: Database, statement: str, **values: object) -> None:
    with database.owner.begin() as connection:
        connection.execute(text(statement), values)


def spoil(database: Database, session_id: UUID) -> None:
    """Nobody can read it any more."""
    run(database, "ALTER TABLE sessions DROP CONSTRAINT ck_sessions_present")
    run(database, "UPDATE sessions SET present = '{nobody}' WHERE id = :id", id=session_id)


def a_session(town: Town) -> UUID:
    return a_paid_session(town, a_customer(town.ports)).id


def expiry(town: Town, database: Database) -> None:
    """Of a request whose session is spoilt."""
    spoil(database, a_session(town))


def unknown_timer(town: Town, _database: Database) -> None:
    a_timer(town, kind="no_such_kind")


def departure(town: Town, database: Database) -> None:
    session_id = a_session(town)
    a_lapsed(town, session_id)
    spoil(database, session_id)


def a_lapsed(town: Town, session_id: UUID) -> None:
    with town.kept(SYSTEM) as tx:
        tx.presence.touch(SessionId(session_id), Party.CUSTOMER, at=town.clock.now())


def webhook(town: Town, database: Database) -> None:
    """Stored in a form that nobody can read."""
    notice_id = uuid4().hex
    run(
        database,
        "INSERT INTO webhooks (id, kind, data, received_at) VALUES (:id, 'other', '[]', now())",
        id=notice_id,
    )
    record(town, NoticeReceived(notice_id))


def unknown_event(town: Town, database: Database) -> None:
    record(town, deliverable())
    # As after a version that knew more kinds: nobody else can change an event.
    run(database, "ALTER TABLE events DISABLE TRIGGER USER")
    run(database, "UPDATE events SET kind = 'Forgotten' WHERE kind = 'NoticeReceived'")
    run(database, "ALTER TABLE events ENABLE TRIGGER USER")


def mail(town: Town, _database: Database) -> None:
    a_mail(town, to=POISON)


def undeliverable(name: str) -> Callable[[Town, Database], None]:
    return lambda town, _database: record(town, UNDELIVERABLE[name]())


POISONS: Final = {
    "request expiry": (expiry, Queue.TIMER),
    "unknown timer": (unknown_timer, Queue.TIMER),
    "departure": (departure, Queue.DEPARTURE),
    "webhook": (webhook, Queue.DELIVERY),
    "unknown event": (unknown_event, Queue.DELIVERY),
    "mail": (mail, Queue.MAIL),
    **{name: (undeliverable(name), Queue.DELIVERY) for name in UNDELIVERABLE},
}


@pytest.mark.parametrize("name", POISONS)
def test_it_is_listed_and_its_neighbours_in_every_queue_are_done(
    name: str, town: Town, database: Database
) -> None:
    poison, queue = POISONS[name]
    poison(town, database)
    waiting, present = a_session(town), a_session(town)
    a_lapsed(town, present)
    good_timer(town)
    record(town, deliverable())
    sent = a_mail(town, to="sam@test.example")
    town.clock.advance(QUARTER)

    work_through(town.ports)

    failed = failed_jobs(town.ports, actor=ADMIN)
    assert {each.job.queue for each in failed} >= {queue}
    assert all(each.given_up_at is None for each in failed)
    with town.kept(SYSTEM) as tx:
        assert tx.sessions.get(SessionId(waiting)).status is SessionStatus.REFUNDED
        still_there = tx.presence.lapsed(before=town.clock.now(), most=9)
    assert present not in {each.session_id for each in still_there}
    assert isinstance(town.ports.mailer, BreakingMailer)
    assert sent.subject_id in {each.id for each in town.ports.mailer.sent}


def test_a_room_that_cannot_be_read_does_not_keep_others_from_being_renewed(
    town: Town, database: Database
) -> None:
    broken, sound = a_session(town), a_session(town)
    spoil(database, broken)
    hub = Hub()
    for session_id in (broken, sound):
        listener = Listener(AccountId(uuid4()), (), b"", (SessionId(session_id), Party.CUSTOMER))
        hub.add(listener)
    a_lapsed(town, sound)
    town.clock.advance(QUARTER)

    asyncio.run(_renewed(database, town, hub))

    with town.kept(SYSTEM) as tx:
        assert tx.presence.lapsed(before=town.clock.now(), most=9) == ()


async def _renewed(database: Database, town: Town, hub: Hub) -> None:
    url = database.app.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await connect(url) as connection:
        await renew(connection, town.ports, hub)
