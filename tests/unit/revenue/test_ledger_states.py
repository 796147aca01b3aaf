"""Everything that can happen to a session's money, in every order it can happen."""

from hypothesis import settings

from autodoctor.testing.machines.money import SessionMoney

TestSessionMoney = SessionMoney.TestCase
TestSessionMoney.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
