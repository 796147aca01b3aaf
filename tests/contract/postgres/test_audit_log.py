"""The audit log in PostgreSQL: added to, and nothing else, whoever asks."""

from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import AccountId, DeedId
from autodoctor.ports.audit import Deed
from support.postgres import Database
from support.scenery import AT

CHANGES = (
    "UPDATE audit SET reason = 'none' WHERE id = :id",
    "UPDATE audit SET actor_id = gen_random_uuid() WHERE id = :id",
    "DELETE FROM audit WHERE id = :id",
    "TRUNCATE audit",
)


@pytest.fixture
def deed(database: Database) -> Deed:
    made = Deed(
        id=DeedId(uuid4()),
        at=AT,
        actor_id=AccountId(uuid4()),
        actor_role=Role.ADMIN,
        action="ban account",
        subject_kind="account",
        subject_id=uuid4(),
        reason="Rude.",
    )
    with database.transactions(SYSTEM) as tx:
        tx.audit.record(made)
    return made


def run(engine: Engine, statement: str, deed: Deed) -> None:
    with engine.begin() as connection:
        given = {"id": deed.id} if ":id" in statement else {}
        connection.execute(text(statement), given)


def kept(database: Database, deed: Deed) -> bool:
    with database.transactions(SYSTEM) as tx:
        return tx.audit.of_subject(deed.subject_id, most=9) == (deed,)


@pytest.mark.parametrize("change", CHANGES)
def test_not_even_who_owns_the_tables_changes_the_log(
    database: Database, deed: Deed, change: str
) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        run(database.owner, change, deed)
    assert kept(database, deed)


@pytest.mark.parametrize("change", CHANGES)
def test_the_application_has_no_right_to_change_the_log(
    database: Database, deed: Deed, change: str
) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(database.app, change, deed)
    assert kept(database, deed)


def test_without_its_trigger_the_owner_would_change_it(database: Database, deed: Deed) -> None:
    """The control: nothing but the trigger stands in the way."""
    unguarded = "ALTER TABLE audit DISABLE TRIGGER audit_append_only"
    with database.owner.connect() as connection:
        connection.execute(text(unguarded))
        gone = connection.execute(text("DELETE FROM audit WHERE id = :id"), {"id": deed.id})
        assert gone.rowcount == 1
        connection.rollback()
    assert kept(database, deed)
