"""One session, and a market of several, lived in every order: thousands of steps a run."""

from hypothesis import settings

from autodoctor.testing.consultations import Consultation, Events
from autodoctor.testing.machines.market import Market
from autodoctor.testing.machines.sessions import SessionLife
from support.machines import is_found_out

TestSessionLife = SessionLife.TestCase
TestSessionLife.settings = settings(max_examples=200, stateful_step_count=35, deadline=None)

TestMarket = Market.TestCase
TestMarket.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)


class Talkative(Consultation):
    def say(self, *, own_words: bool) -> Events:
        return ()


class AlwaysOpen(SessionLife):
    def consultation(self) -> Consultation:
        return Talkative(shelf=self.shelf())


def test_a_room_that_takes_own_words_at_any_time_is_found_out() -> None:
    is_found_out(AlwaysOpen, "should be refused")
