"""A code of an authenticator app opens one login, however many try it at once."""

from collections.abc import Callable
from uuid import uuid4

import attrs
import pyotp
import pytest

from autodoctor.adapters.postgres.rows import Guards
from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.adapters.system.clock import RandomIds
from autodoctor.application.accounts.second_factor import give_code
from autodoctor.application.accounts.sign_in import open_login
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


def ports_on(database: Database, guards: Guards) -> Ports:
    kept = PostgresTransactions(database.app, routes=ROUTES, guards=guards)
    return attrs.evolve(memory_ports(), transactions=kept, ids=RandomIds())


def most_opened(ports: Ports) -> int:
    """By one code, in any of the rounds."""
    return max(_opened(ports) for _ in range(ROUNDS))


def _opened(ports: Ports) -> int:
    account = Account(
        id=AccountId(uuid4()),
        email=EmailAddress(f"{uuid4().hex}@test.example"),
        name="Alex Park",
        password_hash="!",
        roles=frozenset({Role.ADMIN}),
        created_at=ports.now(),
    )
    sealed = ports.codes.new()
    with ports.transactions(SYSTEM) as tx:
        tx.accounts.add(account)
        tx.factors.put(Totp(account.id, sealed, confirmed_at=ports.now()))
    secret = ports.codes.set_up(sealed, label="x").secret.replace(" ", "")
    code = pyotp.TOTP(secret).at(ports.now())

    def half_way() -> str:
        return open_login(
            ports, account, role=Role.ADMIN, address="", agent="", stage=Stage.SECOND_FACTOR
        ).token

    def trying(token: str) -> Callable[[], bool]:
        def deed() -> bool:
            try:
                give_code(ports, token=token, code=code)
            except CodeWrong:
                return False
            return True

        return deed

    return sum(at_once([trying(half_way()) for _ in range(CONTENDERS)]))


@pytest.mark.races
def test_a_code_opens_one_login(database: Database) -> None:
    assert most_opened(ports_on(database, Guards())) == 1


@pytest.mark.races
def test_without_the_lock_it_opens_more(database: Database) -> None:
    """The control: what the lock is there for."""
    assert most_opened(ports_on(database, Guards(row_locks=False))) > 1
