"""A town in which everything goes wrong, through the use cases and on both stores: when it has
come to rest, the ledger says what the bank has, to the cent, and nobody waits for anything."""

from collections.abc import Callable
from contextlib import ExitStack
from types import ModuleType

import attrs
import pytest
from hypothesis import settings

from autodoctor.adapters.memory.payments import MemoryPayments
from autodoctor.application.payments import refund_outcomes, refund_records
from autodoctor.testing.machines.town import TownLife
from autodoctor.testing.ports import Town, memory_town, town_on
from support.machines import BOUNDED, holds, is_found_out
from support.postgres import Cluster

NewTown = Callable[[ExitStack], Town]


@pytest.fixture(params=["memory", "postgres"])
def new_town(request: pytest.FixtureRequest) -> NewTown:
    """An empty one for each life, closed with it."""
    if request.param == "memory":
        return lambda _closing: memory_town()
    cluster: Cluster = request.getfixturevalue("cluster")

    def on_postgres(closing: ExitStack) -> Town:
        database = closing.enter_context(cluster.database())
        return town_on(database.transactions, database.queries)

    return on_postgres


def life_in(new_town: NewTown) -> type[TownLife]:
    class KeptTownLife(TownLife):
        def town(self) -> Town:
            self.closing = ExitStack()
            return new_town(self.closing)

        def teardown(self) -> None:
            with self.closing:
                super().teardown()

    return KeptTownLife


def test_the_ledger_says_what_the_bank_has_and_nobody_waits(new_town: NewTown) -> None:
    holds(life_in(new_town), settings(BOUNDED, max_examples=4, stateful_step_count=25))


FOUND = "the cash|promised|back of a price|deliveries that nobody|money that was to move|owed of"


def a_life() -> TownLife:
    life = TownLife()
    life.people()
    return life


def a_refund_is_sent_back(life: TownLife) -> None:
    life.somebody_is_found(0, 0, None)
    life.somebody_calls_it_off(-1, 0)
    life.the_worker_works()
    life.a_bank_sends_a_refund_back(-1)
    life.the_worker_works()


def a_talk_is_refunded_at_the_provider(life: TownLife) -> None:
    life.two_talk(0, 0, 3)
    life.the_worker_works()
    life.somebody_refunds_at_the_provider(-1, 100)
    life.the_worker_works()


def a_refund_that_came_back_is_made_at_the_provider(life: TownLife) -> None:
    a_refund_is_sent_back(life)
    life.somebody_refunds_at_the_provider(-1, 100)
    life.the_worker_works()


LIVES = (
    a_refund_is_sent_back,
    a_talk_is_refunded_at_the_provider,
    a_refund_that_came_back_is_made_at_the_provider,
)


@pytest.mark.parametrize("happens", LIVES)
def test_money_that_goes_back_leaves_nothing_open(happens: Callable[[TownLife], None]) -> None:
    life = a_life()

    happens(life)

    life.teardown()


@pytest.mark.parametrize(
    ("happens", "module", "step"),
    [
        (a_refund_is_sent_back, refund_outcomes, "fail_refund"),
        (a_talk_is_refunded_at_the_provider, refund_records, "_adopt"),
        (a_refund_that_came_back_is_made_at_the_provider, refund_records, "close_paid"),
    ],
)
def test_a_town_that_does_not_hear_of_it_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[TownLife], None],
    module: ModuleType,
    step: str,
) -> None:
    """The control, along one path: a search of all lives finds it late."""
    monkeypatch.setattr(module, step, lambda *_args, **_facts: None)
    life = a_life()

    happens(life)

    with pytest.raises(AssertionError, match=FOUND):
        life.teardown()


class Forgetful(MemoryPayments):
    """Takes each order for a new one: keys mean nothing to it."""

    def _once(self, key: object, order: object, make: Callable[[], object]) -> object:
        self._world.answers.pop(key, None)
        return super()._once(key, order, make)


def forgetful_town(_closing: ExitStack) -> Town:
    town = memory_town()
    return attrs.evolve(town, ports=attrs.evolve(town.ports, payments=Forgetful(town.bank)))


def test_a_bank_that_forgets_what_it_was_asked_is_found_out() -> None:
    is_found_out(life_in(forgetful_town), "money that was to move|deliveries that nobody|the cash")
