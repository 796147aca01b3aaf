"""A thief's change of address and the owner's new password: of two links at once one works."""

from collections import Counter
from functools import partial
from uuid import uuid4

import attrs
import pytest

from autodoctor.adapters.postgres.rows import Guards
from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.adapters.system.clock import RandomIds
from autodoctor.application.accounts.address import confirm_address
from autodoctor.application.accounts.password import issue_reset, reset_password
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Refusal
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.ports.bundle import Ports
from autodoctor.testing.ports import memory_ports
from support.contest import at_once
from support.postgres import Database
from support.scenery import AT, new_account

pytestmark = pytest.mark.races

ROUNDS = 30
OFF = Guards(row_locks=False, versions=False)
PASSWORD = "a new password of mine"


def on(database: Database, guards: Guards) -> Ports:
    kept = PostgresTransactions(database.app, routes=ROUTES, guards=guards)
    return attrs.evolve(memory_ports(), transactions=kept, ids=RandomIds())


def done(ports: Ports, what: str, token: str) -> str:
    try:
        if what == "moved":
            confirm_address(ports, token=token)
        else:
            reset_password(ports, token=token, password=PASSWORD)
    except Refusal as refusal:
        return refusal.slug
    return what


def both(ports: Ports) -> Counter[str]:
    owner, moving = new_account(verified_at=AT), uuid4().hex
    with ports.transactions(SYSTEM) as tx:
        tx.accounts.add(owner)
        reset, _until = issue_reset(ports, tx, owner)
        tx.tokens.issue(
            digest(moving),
            account_id=owner.id,
            purpose=TokenPurpose.CHANGE_EMAIL,
            expires_at=ports.now().replace(year=ports.now().year + 1),
            detail=f"{moving}@thief.example",
        )
    links = [partial(done, ports, "moved", moving), partial(done, ports, "reset", reset)]
    return Counter(at_once(links))


def test_one_of_the_two_ends_the_other(database: Database) -> None:
    ports = on(database, Guards())

    for told in (both(ports) for _ in range(ROUNDS)):
        first = Counter({"moved": 1, "reset-link-invalid": 1})
        assert told in (first, Counter({"reset": 1, "address-link-invalid": 1}))


def test_without_the_accounts_lock_they_wait_for_each_other_in_a_circle(
    database: Database,
) -> None:
    """The control: each voids the other's link, and has taken its own."""
    ports = on(database, OFF)

    assert any(both(ports)["contended"] for _ in range(ROUNDS))
