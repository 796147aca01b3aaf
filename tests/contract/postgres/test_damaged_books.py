"""Rows of the ledger that are gone, whoever deleted them: the comparison names them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from autodoctor.adapters.system.clock import RandomIds
from autodoctor.application.payments.verifying import verify_money
from autodoctor.domain.revenue.money_check import DifferenceKind
from autodoctor.domain.sessions.session import Session
from autodoctor.testing.ports import Town, a_customer, a_paid_session, town_on
from support.followed import paid_by
from support.postgres import Cluster, Database


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    """Of each test's own: what is damaged stays so."""
    with cluster.database() as database:
        yield database


@pytest.fixture
def town(database: Database) -> Town:
    return town_on(database.transactions, database.queries, ids=RandomIds())


def deleted(database: Database, postings: str) -> None:
    """By the owner of the tables, past the rule that nothing posted is ever deleted."""
    with database.owner.begin() as connection:
        connection.execute(text("ALTER TABLE postings DISABLE TRIGGER USER"))
        gone = connection.execute(text(f"DELETE FROM postings WHERE {postings}"))
        assert gone.rowcount > 0
        connection.execute(text("ALTER TABLE postings ENABLE TRIGGER USER"))


def found(town: Town) -> list[tuple[DifferenceKind, str]]:
    return [(each.kind, each.subject) for each in verify_money(town.ports).differences]


def a_payment(town: Town) -> Session:
    session = a_paid_session(town, a_customer(town.ports))
    assert found(town) == []
    return session


def test_an_entry_without_one_of_its_postings_is_named(town: Town, database: Database) -> None:
    session = a_payment(town)

    deleted(database, "account = 'processor'")

    assert found(town) == [
        (DifferenceKind.BOOKS_UNBALANCED, "cad"),
        (DifferenceKind.ENTRY_BROKEN, str(session.id)),
    ]


def test_an_entry_without_any_posting_is_named(town: Town, database: Database) -> None:
    session = a_payment(town)

    deleted(database, "true")

    checkout_id = str(paid_by(session))
    assert found(town) == [
        (DifferenceKind.CASH_DIFFERS, checkout_id),
        (DifferenceKind.CHARGE_DIFFERS, checkout_id),
        (DifferenceKind.ENTRY_BROKEN, f"charge:{checkout_id}"),
    ]
