"""One session, and a market of several, lived in every order: thousands of steps a run."""

from hypothesis import settings

from autodoctor.testing.machines.market import Market
from autodoctor.testing.machines.sessions import SessionLife

TestSessionLife = SessionLife.TestCase
TestSessionLife.settings = settings(max_examples=200, stateful_step_count=35, deadline=None)

TestMarket = Market.TestCase
TestMarket.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)
