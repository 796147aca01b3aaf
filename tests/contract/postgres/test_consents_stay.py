"""A consent is withdrawn once, and neither changed nor deleted by anybody."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from autodoctor.domain.accounts.consent import Consent, ConsentKind
from autodoctor.domain.shared.actor import SYSTEM
from support.postgres import Cluster, Database
from support.scenery import AT, an_account

NEWS = ConsentKind.MARKETING


@pytest.fixture(scope="module")
def database(cluster: Cluster) -> Iterator[Database]:
    with cluster.database() as database:
        yield database


@pytest.fixture
def kept(database: Database) -> Consent:
    consent = Consent(an_account(database.transactions).account_id, NEWS, "2026-01", AT)
    with database.transactions(SYSTEM) as tx:
        tx.consents.add([consent])
    return consent


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM consents WHERE account_id = :who",
        "UPDATE consents SET version = '2030-01' WHERE account_id = :who",
        "UPDATE consents SET given_at = now(), withdrawn_at = now() WHERE account_id = :who",
        "UPDATE consents SET withdrawn_at = NULL WHERE account_id = :who",
        "UPDATE consents SET withdrawn_at = given_at - interval '1 s' WHERE account_id = :who",
    ],
)
def test_what_would_change_the_record_is_refused(
    database: Database, kept: Consent, statement: str
) -> None:
    with pytest.raises(DBAPIError), database.owner.begin() as connection:
        connection.execute(text(statement), {"who": kept.account_id})

    with database.transactions(SYSTEM) as tx:
        assert tx.consents.of(kept.account_id) == (kept,)


def test_what_was_withdrawn_stays_so(database: Database, kept: Consent) -> None:
    with database.transactions(SYSTEM) as tx:
        tx.consents.withdraw(kept.account_id, NEWS, at=AT)

    for value in ("NULL", "now()"):
        with pytest.raises(DBAPIError), database.owner.begin() as connection:
            connection.execute(text(f"UPDATE consents SET withdrawn_at = {value}"))

    with database.transactions(SYSTEM) as tx:
        assert tx.consents.of(kept.account_id)[0].withdrawn_at == AT
