"""Keys of companies, as they are kept."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.adapters.postgres.queries.all import PostgresQueries
from autodoctor.domain.corporate.api_key import Scope
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.queries import Queries
from autodoctor.ports.stores import Stale
from autodoctor.ports.transactions import Transactions
from support.api_keys import a_kept_key, new_key
from support.scenery import AT

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    found: PostgresQueries = request.getfixturevalue("database").queries
    return found


def test_a_key_comes_back_as_it_was_made(kept: Transactions) -> None:
    key = new_key(kept, scope=Scope.MANAGE, expires_at=AT + DAY, used_at=AT, revoked_at=AT)

    with kept(SYSTEM) as tx:
        tx.api_keys.add(key)

    with kept(SYSTEM) as tx:
        assert tx.api_keys.get(key.id) == key


def test_no_two_keys_have_the_same_secret(kept: Transactions) -> None:
    again = new_key(kept, secret_hash=a_kept_key(kept).secret_hash)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.api_keys.add(again)


def test_the_keys_of_a_company_are_newest_first(kept: Transactions) -> None:
    old = a_kept_key(kept)
    own = {"organization_id": old.organization_id, "created_by": old.created_by}
    new = a_kept_key(kept, **own, created_at=AT + DAY, revoked_at=AT + DAY)
    a_kept_key(kept)

    with kept(SYSTEM) as tx:
        assert tx.api_keys.of_organization(old.organization_id) == (new, old)


def test_its_use_is_written_down_past_its_version(kept: Transactions) -> None:
    key = a_kept_key(kept)

    with kept(SYSTEM) as tx:
        tx.api_keys.touch(key.id, at=AT + DAY)
        touched = tx.api_keys.get(key.id)
        saved = tx.api_keys.save(attrs.evolve(touched, name="Fleet"))

    assert touched == attrs.evolve(key, used_at=AT + DAY)
    assert saved.used_at == AT + DAY


def test_a_key_is_found_with_its_maker_and_its_company(
    kept: Transactions, queries: Queries
) -> None:
    key = a_kept_key(kept)
    with kept(SYSTEM) as tx:
        maker = tx.accounts.get(key.created_by)
        company = tx.organizations.get(key.organization_id)

    assert queries.api_keys.find(key.secret_hash) == (key, maker, company)
    assert queries.api_keys.find(b"nothing" * 4) is None
