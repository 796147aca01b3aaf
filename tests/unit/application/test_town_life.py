"""A town in which everything goes wrong: when it has come to rest, the ledger says what the bank
has, to the cent, and nobody waits for anything."""

from hypothesis import settings

from autodoctor.testing.machines.town import TownLife

TestTownLife = TownLife.TestCase
TestTownLife.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
