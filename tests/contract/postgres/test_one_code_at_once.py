"""A code of an authenticator app opens one login, however many try it at once."""

from collections.abc import Callable
from uuid import uuid4

import attrs
import pyotp
import pytest

from autodoctor.adapters.postgres.rows import Guards
from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.adapters.system.clock import RandomIds
from autodoctor.application.accounts.code_guessing import TooManyWrongCodes
from autodoctor.application.accounts.second_factor import give_code
from autodoctor.application.accounts.sign_in import open_login
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.factor import CodeWrong, Totp
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.testing.ports import memory_ports
from support.contest import at_once
from support.postgres import Database

CONTENDERS = 8
ROUNDS = 6
MANY = 20
"""More than may be wrong."""


def ports_on(database: Database, guards: Guards, *, limits: bool = False) -> Ports:
    """Without `limits` all of them try at once."""
    kept = PostgresTransactions(database.app, routes=ROUTES, guards=guards)
    ports = memory_ports()
    rules = attrs.evolve(ports.rules, limits=limits)
    return attrs.evolve(
        ports, transactions=kept, queries=database.queries, ids=RandomIds(), rules=rules
    )


def most_opened(ports: Ports) -> int:
    """By one code, in any of the rounds."""
    return max(_opened(ports) for _ in range(ROUNDS))


def somebody(ports: Ports) -> Account:
    account = Account(
        id=AccountId(uuid4()),
        email=EmailAddress(f"{uuid4().hex}@test.example"),
        name="Alex Park",
        password_hash="!",
        roles=frozenset({Role.ADMIN}),
        created_at=ports.now(),
    )
    with ports.transactions(SYSTEM) as tx:
        tx.accounts.add(account)
    return account


def half_way(ports: Ports, account: Account) -> str:
    return open_login(
        ports, account, role=Role.ADMIN, address="", agent="", stage=Stage.SECOND_FACTOR
    ).token


def _opens(ports: Ports, token: str, code: str) -> bool:
    try:
        give_code(ports, token=token, code=code)
    except (CodeWrong, TooManyWrongCodes):
        return False
    return True


def _opened(ports: Ports) -> int:
    account, sealed = somebody(ports), ports.codes.new()
    with ports.transactions(SYSTEM) as tx:
        tx.factors.put(Totp(account.id, sealed, confirmed_at=ports.now()))
    secret = ports.codes.set_up(sealed, label="x").secret.replace(" ", "")
    code = pyotp.TOTP(secret).at(ports.now())

    def trying(token: str) -> Callable[[], bool]:
        return lambda: _opens(ports, token, code)

    return sum(at_once([trying(half_way(ports, account)) for _ in range(CONTENDERS)]))


@pytest.mark.races
def test_many_at_once_with_a_used_recovery_code_keep_nobody_waiting(database: Database) -> None:
    ports = ports_on(database, Guards(), limits=True)
    account = somebody(ports)
    used, other = "aaaaabbbbbccccc", "dddddeeeeefffff"
    with ports.transactions(SYSTEM) as tx:
        tx.factors.put_codes(account.id, [digest(used), digest(other)])

    def trying(token: str) -> Callable[[], bool]:
        return lambda: _opens(ports, token, used)

    tried = [trying(half_way(ports, account)) for _ in range(CONTENDERS)]

    assert sum(at_once(tried)) == 1
    for _ in range(MANY):
        assert not _opens(ports, half_way(ports, account), used)
    assert _opens(ports, half_way(ports, account), other)


@pytest.mark.races
def test_a_code_opens_one_login(database: Database) -> None:
    assert most_opened(ports_on(database, Guards())) == 1


@pytest.mark.races
def test_without_the_lock_it_opens_more(database: Database) -> None:
    """The control: what the lock is there for."""
    assert most_opened(ports_on(database, Guards(row_locks=False))) > 1
