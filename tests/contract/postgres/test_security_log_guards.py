"""The security log in PostgreSQL: added to, and forgotten by the owner's function alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from autodoctor.domain.operations.security_bounds import PER_NETWORK_MAX
from autodoctor.domain.operations.security_event import SecurityEvent, SecurityKind, of_account
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.networks import network
from autodoctor.domain.shared.origin import Origin
from autodoctor.ports.security_log import KEPT, SecurityEntry, SecurityFilter
from support.postgres import Database

EVENTS = (
    "UPDATE security_events SET address = '' WHERE number = :number",
    "UPDATE security_events SET actor_id = NULL WHERE number = :number",
    "DELETE FROM security_events WHERE number = :number",
    "TRUNCATE security_events",
)
LATER = datetime.now(UTC) + 10 * KEPT


@pytest.fixture
def entry(database: Database) -> SecurityEntry:
    """A failed login, just now."""
    who = AccountId(uuid4())
    event = SecurityEvent(
        kind=SecurityKind.LOGIN_FAILED, at=datetime.now(UTC), subject=of_account(who)
    )
    origin = Origin(f"2001:db8:{uuid4().hex[:4]}::1", "Browser/1.0", uuid4().hex)
    with database.transactions.from_origin(origin)(SYSTEM) as tx:
        tx.security.append(event)
    return one(database, who)


def one(database: Database, who: object) -> SecurityEntry:
    with database.transactions(SYSTEM) as tx:
        (found,) = tx.security.search(SecurityFilter(person=who))  # type: ignore[arg-type]
    return found


def run(engine: Engine, statement: str, **given: object) -> int:
    used = {name: value for name, value in given.items() if f":{name}" in statement}
    with engine.begin() as connection:
        return connection.execute(text(statement), used).rowcount


@pytest.mark.parametrize("change", EVENTS)
def test_the_application_has_no_right_to_change_the_log(
    database: Database, entry: SecurityEntry, change: str
) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(database.app, change, number=entry.number)
    assert one(database, entry.event.subject.id) == entry


@pytest.mark.parametrize("change", EVENTS)
def test_not_even_who_owns_the_tables_changes_the_log(
    database: Database, entry: SecurityEntry, change: str
) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        run(database.owner, change, number=entry.number)
    assert one(database, entry.event.subject.id) == entry


def test_without_its_trigger_the_owner_would_change_it(
    database: Database, entry: SecurityEntry
) -> None:
    """The control: nothing but the trigger stands in the way."""
    with database.owner.connect() as connection:
        connection.execute(text("ALTER TABLE security_events DISABLE TRIGGER USER"))
        gone = connection.execute(text(EVENTS[2]), {"number": entry.number})
        assert gone.rowcount == 1
        connection.rollback()


def test_the_application_forgets_nothing_before_its_time_whatever_day_it_says(
    database: Database, entry: SecurityEntry
) -> None:
    with database.transactions(SYSTEM) as tx:
        assert tx.security.forget(at=LATER, most=1000) == 0
    assert one(database, entry.event.subject.id) == entry


@pytest.mark.parametrize("change", ["count = count - 1", "count = 1", "name = 'other'"])
def test_counts_only_grow(database: Database, entry: SecurityEntry, change: str) -> None:
    statement = f"UPDATE security_counts SET {change} WHERE name = :name"
    with pytest.raises(DBAPIError, match="only grows"):
        run(database.app, statement, name=network(entry.event.origin.address))


def test_the_application_does_not_delete_counts(database: Database, entry: SecurityEntry) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(database.app, "DELETE FROM security_counts")
    assert one(database, entry.event.subject.id) == entry


def test_nobody_else_may_forget(database: Database) -> None:
    asked = "SELECT has_function_privilege('public', :function, 'EXECUTE')"
    given = {"function": "forget_security_events(timestamptz, integer)"}
    with database.owner.connect() as connection:
        assert connection.execute(text(asked), given).scalar_one() is False


def test_old_entries_go_in_their_order(database: Database) -> None:
    now, person = datetime.now(UTC), AccountId(uuid4())
    ages = [timedelta(days=days) for days in (1, 3, 2)]
    with database.transactions(SYSTEM) as tx:
        for age in ages:
            event = SecurityEvent(
                kind=SecurityKind.ROLES_CHANGED, at=now - KEPT - age, subject=of_account(person)
            )
            tx.security.append(event)

    with database.transactions(SYSTEM) as tx:
        tx.security.forget(at=now, most=2)

    assert one(database, person).event.at == now - KEPT - timedelta(days=1)


def test_of_many_at_once_each_is_counted(database: Database) -> None:
    origin = Origin("192.0.2.77", "Flood/1.0", uuid4().hex)
    event = SecurityEvent(kind=SecurityKind.LOGIN_FAILED, at=datetime.now(UTC))

    def fail(_number: int) -> None:
        with database.transactions.from_origin(origin)(SYSTEM) as tx:
            tx.security.append(event)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fail, range(200)))

    with database.transactions(SYSTEM) as tx:
        entries = tx.security.search(SecurityFilter(address="192.0.2.77", most=1000))
    assert len(entries) == PER_NETWORK_MAX + 1
    assert sum(entry.times for entry in entries) == 200
