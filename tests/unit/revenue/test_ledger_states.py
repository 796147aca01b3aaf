"""Everything that can happen to a session's money, in every order it can happen."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    precondition,
    rule,
)

from autodoctor.domain.revenue.entries import NothingHeld
from autodoctor.domain.revenue.funds import AlreadyPosted, DisputeOpen
from autodoctor.domain.revenue.ledger import trial_balance
from autodoctor.domain.revenue.payouts import TransferExceedsPayable
from autodoctor.domain.revenue.refunds import RefundExceedsCharge
from autodoctor.domain.revenue.transfers import reversals_due, transfers
from autodoctor.domain.shared.money import Money
from autodoctor.testing.books import Books
from autodoctor.testing.invariants import ledger as invariants
from autodoctor.testing.strategies.money import prices
from autodoctor.testing.strategies.revenue import terms


class SessionMoney(RuleBasedStateMachine):
    refunds = Bundle("refunds")
    disputes = Bundle("disputes")

    @initialize(terms=terms(), price=prices())
    def a_paid_session(self, terms, price) -> None:
        self.books = Books(terms=terms)
        self.books.charge(price)

    @property
    def funds(self):
        return self.books.funds

    @precondition(lambda self: not self.funds.is_split)
    @rule(price=prices())
    def extend(self, price) -> None:
        self.books.charge(price)

    @precondition(lambda self: not self.funds.is_split)
    @rule(completed=st.booleans())
    def finish(self, completed) -> None:
        share = self.books.split if completed else self.books.release
        if self.funds.held:
            share()
            invariants.nothing_is_held(self.funds)
        else:
            with pytest.raises(NothingHeld):
                share()

    @precondition(lambda self: self.funds.is_split)
    @rule()
    def finish_again(self) -> None:
        with pytest.raises(AlreadyPosted):
            self.books.split()

    @precondition(lambda self: not self.funds.disputed)
    @rule(part=st.integers(1, 100))
    def pay_out(self, part) -> None:
        for account in self.funds.earnings:
            payable = self.funds.payable(account)
            if account.is_payable and payable.minor > 0:
                self.books.transfer(account, Money(max(1, payable.minor * part // 100)))

    @rule()
    def pay_out_too_much(self) -> None:
        for account in self.funds.earnings:
            if account.is_payable:
                more = max(self.funds.payable(account), Money(0)) + Money(1)
                with pytest.raises((TransferExceedsPayable, DisputeOpen)):
                    self.books.transfer(account, more)

    @precondition(lambda self: self.funds.kept and not self.funds.disputed)
    @rule(target=refunds, part=st.integers(1, 100))
    def give_back(self, part):
        refund_id = self.books.new_id()
        amount = Money(max(1, self.funds.kept.minor * part // 100))
        self.books.refund(amount, refund_id=refund_id)
        return refund_id

    @rule()
    def give_back_too_much(self) -> None:
        with pytest.raises((RefundExceedsCharge, DisputeOpen)):
            self.books.refund(self.funds.kept + Money(1))

    @rule(refund_id=consumes(refunds))
    def the_provider_refuses_a_refund(self, refund_id) -> None:
        self.books.refund_failed(refund_id)

    @rule()
    def the_provider_refuses_the_newest_transfer(self) -> None:
        whole = [each for each in transfers(self.funds) if each.remaining == each.amount]
        for paid in whole[-1:]:
            self.books.transfer_failed(paid.transfer_id)

    @rule()
    def reverse_what_is_due(self) -> None:
        for transfer_id, amount in reversals_due(self.funds):
            self.books.reverse(transfer_id, amount)
        invariants.nobody_is_overpaid(self.funds)

    @rule(target=disputes, amount=prices())
    def a_bank_disputes(self, amount):
        dispute_id = self.books.new_id()
        self.books.dispute(amount, dispute_id=dispute_id)
        return dispute_id

    @rule(dispute_id=consumes(disputes), won=st.booleans())
    def a_dispute_is_decided(self, dispute_id, won) -> None:
        if won:
            self.books.win(dispute_id)
        else:
            self.books.lose(dispute_id)

    @invariant()
    def the_books_balance(self) -> None:
        entries = self.funds.entries
        invariants.every_entry_sums_to_zero(entries)
        invariants.nothing_is_posted_twice(entries)
        invariants.all_balances_sum_to_zero(trial_balance(entries).values())

    @invariant()
    def nobody_gets_more_than_is_theirs(self) -> None:
        invariants.refunds_stay_within_charges(self.funds)
        invariants.nothing_is_held_below_zero(self.funds)
        invariants.parties_earn_their_split_of_what_is_kept(self.funds, self.books.terms)
        invariants.parties_were_paid_what_is_not_payable(self.funds)


TestSessionMoney = SessionMoney.TestCase
TestSessionMoney.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
