"""Of many sign-ups with one address whose links are opened at once, one verifies it."""

from collections import Counter
from functools import partial
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import text

from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.adapters.system.clock import RandomIds
from autodoctor.application.accounts.opening import open_customer
from autodoctor.application.accounts.sign_up import (
    SignUp,
    issue_link,
    sign_up_customer,
    verify_email,
)
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.testing.ports import memory_ports
from support.contest import at_once
from support.postgres import Cluster, Database
from support.unguarded import without

pytestmark = pytest.mark.races

CONTENDERS = 4
ROUNDS = 4

LOST = ("verification-link-invalid", "address-claimed", "log-in-to-link")
Round = tuple[Counter[str], int, int]
"""What everybody was told, who owns the address then, and how many sign-ups have ended."""


def on(database: Database) -> Ports:
    kept = PostgresTransactions(database.app, routes=ROUTES)
    return attrs.evolve(memory_ports(), transactions=kept, ids=RandomIds())


def signed_up(ports: Ports, email: str) -> tuple[AccountId, str]:
    form = SignUp(
        email=email,
        password=f"a password of {uuid4().hex}",
        full_name="Casey Driver",
        consents=frozenset(REQUIRED),
    )
    key = sign_up_customer(ports, form)
    with ports.transactions(SYSTEM) as tx:
        return key, issue_link(ports, tx, key)


def opened(ports: Ports, key: AccountId, token: str) -> str:
    try:
        verify_email(ports, token=token, holder=key)
    except Refusal as refusal:
        return refusal.slug
    return "verified"


def came_by(ports: Ports, email: str) -> str:
    """By a provider that vouches for the address."""
    try:
        with ports.transactions(SYSTEM) as tx:
            open_customer(
                ports,
                tx,
                email=EmailAddress(email),
                name="Casey Driver",
                provider="google",
                subject=uuid4().hex,
            )
    except Refusal as refusal:
        return refusal.slug
    return "verified"


def all_open(ports: Ports, database: Database) -> Round:
    email = f"{uuid4().hex}@test.example"
    waiting = [signed_up(ports, email) for _ in range(CONTENDERS)]
    links = [partial(opened, ports, *each) for each in waiting]
    told = Counter(at_once([*links, *[partial(came_by, ports, email)] * CONTENDERS]))
    verified = text("SELECT count(*) FROM accounts WHERE email = :it AND verified_at IS NOT NULL")
    ended = text("SELECT count(*) FROM accounts WHERE id = ANY(:keys) AND standing = 'closed'")
    with database.owner.connect() as connection:
        owners = connection.execute(verified, {"it": email}).scalar_one()
        keys = {"keys": [key for key, _ in waiting]}
        return told, owners, connection.execute(ended, keys).scalar_one()


def test_one_of_many_verifies_the_address_and_the_others_end(database: Database) -> None:
    ports = on(database)

    for _ in range(ROUNDS):
        told, owners, ended = all_open(ports, database)

        lost = sum(told[slug] for slug in LOST)
        assert (told["verified"], lost, owners) == (1, 2 * CONTENDERS - 1, 1), told
        assert ended >= CONTENDERS - 1


def test_without_the_constraint_an_address_has_several_owners(cluster: Cluster) -> None:
    """The control."""
    with cluster.database() as database:
        without(database, "uq_accounts_email")
        ports = on(database)

        assert max(all_open(ports, database)[1] for _ in range(ROUNDS)) > 1
