"""Own words, or a file, sent in the instant in which a pause begins: they come first, or not at
all. Two guards see to it, and each is enough: the use case holds the session, and PostgreSQL looks
again."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from autodoctor.adapters.postgres.identify import identify
from autodoctor.adapters.postgres.rows import Guards
from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.application.room.chat import send_message
from autodoctor.application.room.files import announce, attach, upload
from autodoctor.application.sessions.room import let_lapse
from autodoctor.domain.room.canned import Canned
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.speech import ShortMessagesOnly
from autodoctor.ports.bundle import Ports
from autodoctor.ports.sessions import Lease
from autodoctor.testing.ports import Town, town_on
from support.applicants import SCAN
from support.interrupting import Interrupted, RandomIds, begin, finish
from support.postgres import Database
from support.towns import Pair, live, matched

Act = Callable[[Ports, Pair], object]


@pytest.fixture(scope="module")
def town(database: Database) -> Town:
    return town_on(database.transactions, database.queries, ids=RandomIds())


def write(ports: Ports, pair: Pair) -> object:
    return send_message(
        ports, actor=pair.customer, session_id=pair.session.id, client_id=uuid4(), text="It squeals"
    )


def uploaded(town: Town, pair: Pair) -> Act:
    file = announce(
        town.ports,
        actor=pair.customer,
        name="brake.png",
        media_type="image/png",
        size_bytes=len(SCAN),
        description="",
    )
    upload(town.ports, actor=pair.customer, file_id=file.id, content=BytesIO(SCAN))
    return lambda ports, pair: attach(
        ports, actor=pair.customer, session_id=pair.session.id, file_id=file.id
    )


MAKES: dict[str, Callable[[Town, Pair], Act]] = {
    "message": lambda _town, _pair: write,
    "file": uploaded,
}


@attrs.frozen
class Story:
    kept: bool
    pause_came_first: bool

    @property
    def told_wrongly(self) -> bool:
        """Something was said in a session that was paused already."""
        return self.kept and self.pause_came_first


def interrupted(town: Town, database: Database, what: str, guards: Guards) -> Story:
    """A pause begins when the session has been looked at, and nothing is written yet."""
    pair = live(town)
    act = MAKES[what](town, pair)
    lease = Lease(pair.session.id, Party.MECHANIC, town.ports.now())
    pause = threading.Thread(target=partial(let_lapse, town.ports, lease))
    first: list[bool] = []

    ports = attrs.evolve(
        town.ports,
        clock=Interrupted(town.ports.clock, lambda: first.append(begin(database, pause))),
        transactions=PostgresTransactions(database.app, ROUTES, guards),
    )
    try:
        act(ports, pair)
    except ShortMessagesOnly:
        kept = False
    else:
        kept = True
    finish(pause)
    return Story(kept, first == [True])


@contextmanager
def without_triggers(database: Database) -> Iterator[None]:
    names = (("messages", "messages_added_live"), ("files", "files_attached_live"))
    for action in ("DISABLE", "ENABLE"):
        with database.owner.begin() as connection:
            for table, trigger in names:
                connection.execute(text(f"ALTER TABLE {table} {action} TRIGGER {trigger}"))
        if action == "DISABLE":
            yield


@pytest.mark.parametrize("what", MAKES)
def test_the_pause_waits_for_what_is_being_written(
    town: Town, database: Database, what: str
) -> None:
    with without_triggers(database):
        story = interrupted(town, database, what, Guards())

    assert story == Story(kept=True, pause_came_first=False)


@pytest.mark.parametrize("what", MAKES)
def test_what_comes_after_a_pause_is_refused_by_the_database_if_by_nobody_else(
    town: Town, database: Database, what: str
) -> None:
    story = interrupted(town, database, what, Guards(row_locks=False))

    assert story == Story(kept=False, pause_came_first=True)


@pytest.mark.parametrize("what", MAKES)
def test_without_either_guard_something_is_said_in_a_paused_session(
    town: Town, database: Database, what: str
) -> None:
    with without_triggers(database):
        story = interrupted(town, database, what, Guards(row_locks=False))

    assert story.told_wrongly


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE messages SET canned = NULL, text = 'Replace the pads'",
        "UPDATE messages SET text = 'Replace the pads'",
        "UPDATE messages SET file_ids = ARRAY[gen_random_uuid()]",
    ],
)
def test_a_short_message_does_not_become_another_one(
    town: Town, database: Database, change: str
) -> None:
    pair = matched(town)
    send_message(
        town.ports,
        actor=pair.customer,
        session_id=pair.session.id,
        client_id=uuid4(),
        canned=Canned.HERE,
    )

    changed = text(f"{change} WHERE session_id = :id")
    with database.app.connect() as connection:
        identify(connection, pair.customer)
        with pytest.raises(IntegrityError, match=r"ck_messages_canned_alone|is not live"):
            connection.execute(changed, {"id": pair.session.id})
