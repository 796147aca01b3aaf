"""Any answer, at any time, in any order."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.workshops.quote import Quote
from autodoctor.testing.invariants import quotes as invariants
from autodoctor.testing.strategies.quotes import drafts, offers, tax_days

START = datetime(2026, 3, 2, tzinfo=UTC)


class QuoteLife(RuleBasedStateMachine):
    @initialize(quote=drafts())
    def a_draft(self, quote: Quote) -> None:
        self.quote, self.now = quote, START

    def attempt(self, change) -> None:
        """Make a change; when it is refused the quote must be as it was."""
        before = self.quote
        try:
            changed = change(before)
        except Refusal:
            return
        self.quote, told = changed if isinstance(changed, tuple) else (changed, ())
        invariants.states_follow_each_other(before, self.quote)
        invariants.what_was_sent_stays_as_it_was(before, self.quote)
        assert bool(told) == (self.quote.state != before.state)
        for event in told:
            assert event.quote_id == self.quote.id

    @rule(days=st.integers(0, 8))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(offer=offers(), on=tax_days())
    def revise(self, offer, on: date) -> None:
        self.attempt(lambda quote: quote.revise(offer=offer, on=on))

    @rule(on=tax_days())
    def send(self, on: date) -> None:
        self.attempt(lambda quote: quote.send(at=self.now, on=on))

    @rule(own=st.booleans())
    def view(self, own: bool) -> None:
        account = AccountId(self.quote.customer_id if own else self.quote.id)
        viewer = Actor(account, Role.CUSTOMER)
        self.attempt(lambda quote: quote.view(viewer=viewer, at=self.now))

    @rule()
    def accept(self) -> None:
        self.attempt(lambda quote: quote.accept(at=self.now))

    @rule()
    def decline(self) -> None:
        self.attempt(lambda quote: quote.decline(reason="Too dear", at=self.now))

    @rule()
    def withdraw(self) -> None:
        self.attempt(lambda quote: quote.withdraw(reason="Wrong part", at=self.now))

    @rule()
    def expire(self) -> None:
        self.attempt(lambda quote: quote.expire(at=self.now))

    @rule(days=st.integers(-1, 5))
    def schedule(self, days: int) -> None:
        visit_at = self.now + timedelta(days=days)
        self.attempt(lambda quote: quote.schedule(visit_at=visit_at, at=self.now))

    @rule()
    def complete(self) -> None:
        self.attempt(lambda quote: quote.complete(at=self.now))

    @invariant()
    def the_amounts_are_right(self) -> None:
        invariants.lines_are_rounded_half_up_to_the_cent(self.quote)
        invariants.amounts_add_up(self.quote)
        invariants.taxes_are_those_of_the_province_that_day(self.quote)


TestQuoteLife = QuoteLife.TestCase
TestQuoteLife.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)


@given(quote=drafts(lines_min=1))
def test_every_quote_with_lines_can_be_sent_and_accepted(quote: Quote) -> None:
    out, _ = quote.send(at=START, on=quote.taxed_on)
    taken, _ = out.accept(at=START)

    assert taken.total == quote.total
