"""A code opens one account, an address has one, and five tries are five: however many come at
once."""

from collections import Counter
from functools import partial
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import text

from autodoctor.adapters.postgres.rows import Guards
from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.adapters.system.clock import RandomIds
from autodoctor.application.accounts.claims import (
    ask_code,
    begin_claim,
    give_code,
    held_claim,
)
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.domain.accounts.claim import TRIES_MAX
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.domain.shared.errors import Refusal
from autodoctor.ports.bundle import Ports, Rules
from autodoctor.testing.ports import memory_ports
from support.claims import CODE, wrong
from support.contest import at_once
from support.postgres import Cluster, Database
from support.unguarded import without

pytestmark = pytest.mark.races

CONTENDERS = 8
ROUNDS = 6
OFF = Guards(row_locks=False, versions=False)

Round = tuple[Counter[str], int]
"""What everybody was told, and how many accounts there are then."""


@attrs.frozen
class Place:
    database: Database
    ports: Ports

    def begun(self, email: str) -> tuple[str, str]:
        """State and code of somebody new who says that the address is theirs."""
        state = begin_claim(self.ports, Claimed("facebook", uuid4().hex), following="")
        ask_code(self.ports, state=state, email=email)
        reference = f"{held_claim(self.ports, state=state).id}:1"
        words = self._ask("SELECT body_text FROM mails WHERE reference = :it", reference)
        found = CODE.search(str(words))
        assert found is not None
        return state, found[1]

    def all_give(self, email: str, deeds: list[tuple[str, str]]) -> Round:
        told = Counter(at_once([partial(self._give, *each) for each in deeds]))
        number = self._ask("SELECT count(*) FROM accounts WHERE email = :it", email)
        return told, int(str(number))

    def _give(self, state: str, code: str) -> str:
        try:
            give_code(self.ports, state=state, code=code, address="", agent="")
        except Refusal as refusal:
            return refusal.slug
        return "in"

    def _ask(self, statement: str, it: str) -> object:
        with self.database.owner.connect() as connection:
            return connection.execute(text(statement), {"it": it}).scalar_one()


def place(database: Database, guards: Guards = Guards()) -> Place:  # noqa: B008 - it is frozen
    kept = PostgresTransactions(database.app, routes=ROUTES, guards=guards)
    ports = memory_ports(rules=Rules(public_url="https://autodoctor.example", limits=False))
    return Place(database, attrs.evolve(ports, transactions=kept, ids=RandomIds()))


def one_code(here: Place) -> Round:
    email = f"{uuid4().hex}@test.example"
    return here.all_give(email, [here.begun(email)] * CONTENDERS)


def one_address(here: Place) -> Round:
    """Each has a claim and a code of their own."""
    email = f"{uuid4().hex}@test.example"
    return here.all_give(email, [here.begun(email) for _ in range(CONTENDERS)])


def guesses(here: Place) -> int:
    """How many wrong ones were looked at."""
    email = f"{uuid4().hex}@test.example"
    state, code = here.begun(email)
    told, _ = here.all_give(email, [(state, wrong(code))] * CONTENDERS)
    return told["address-code-wrong"]


def test_a_code_typed_by_many_opens_one_account(database: Database) -> None:
    here = place(database)

    expected = Counter({"in": 1, "address-code-used": CONTENDERS - 1}), 1

    assert [one_code(here) for _ in range(ROUNDS)] == [expected] * ROUNDS


def test_an_address_that_many_have_shown_gets_one_account(database: Database) -> None:
    here = place(database)

    expected = Counter({"in": 1, "log-in-to-link": CONTENDERS - 1}), 1

    assert [one_address(here) for _ in range(ROUNDS)] == [expected] * ROUNDS


def test_of_many_guesses_at_once_five_are_looked_at(database: Database) -> None:
    here = place(database)

    assert [guesses(here) for _ in range(ROUNDS)] == [TRIES_MAX] * ROUNDS


def test_without_the_locks_a_code_opens_several_accounts(cluster: Cluster) -> None:
    """The control. Two constraints stand behind the lock."""
    with cluster.database() as database:
        for guard in ("uq_accounts_email", "pk_identities"):
            without(database, guard)
        here = place(database, OFF)

        assert max(accounts for _, accounts in (one_code(here) for _ in range(ROUNDS))) > 1


def test_without_the_constraint_an_address_gets_several(cluster: Cluster) -> None:
    with cluster.database() as database:
        without(database, "uq_accounts_email")
        here = place(database)

        assert max(accounts for _, accounts in (one_address(here) for _ in range(ROUNDS))) > 1


def test_without_the_locks_more_guesses_are_looked_at(database: Database) -> None:
    here = place(database, OFF)

    assert max(guesses(here) for _ in range(ROUNDS)) > TRIES_MAX
