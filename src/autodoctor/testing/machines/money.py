"""Everything that can happen to a session's money, in every order it can happen.

`SessionMoney` is run as it is, in memory; to run it on a database, subclass it and let `books`
return `Books` of yours that keep each entry and read the funds again.
"""

from functools import partial
from uuid import UUID

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

from autodoctor.domain.revenue import settlements
from autodoctor.domain.revenue.accounts import PAYABLE, Account, AccountKind
from autodoctor.domain.revenue.entries import NothingHeld
from autodoctor.domain.revenue.funds import AlreadyPosted, DisputeOpen, Funds
from autodoctor.domain.revenue.ledger import trial_balance
from autodoctor.domain.revenue.payouts import TransferExceedsPayable
from autodoctor.domain.revenue.refunds import RefundExceedsCharge
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.revenue.transfers import reversals_due, transfers
from autodoctor.domain.shared.money import Money
from autodoctor.testing.books import Books
from autodoctor.testing.invariants import ledger as invariants
from autodoctor.testing.machines.refusing import is_refused
from autodoctor.testing.strategies.money import prices
from autodoctor.testing.strategies.revenue import terms


class SessionMoney(RuleBasedStateMachine):
    refunds = Bundle[UUID]("refunds")
    found = Bundle[UUID]("found")
    disputes = Bundle[UUID]("disputes")

    def make_books(self, agreed: Terms) -> Books:
        return Books(terms=agreed)

    @initialize(agreed=terms(), price=prices())
    def a_paid_session(self, agreed: Terms, price: Money) -> None:
        self.books = self.make_books(agreed)
        self.books.charge(price)

    @property
    def funds(self) -> Funds:
        return self.books.funds

    @precondition(lambda self: not self.funds.is_split)
    @rule(price=prices())
    def extend(self, price: Money) -> None:
        self.books.charge(price)

    @precondition(lambda self: not self.funds.is_split)
    @rule(completed=st.booleans())
    def finish(self, completed: bool) -> None:
        share = self.books.split if completed else self.books.release
        if self.funds.held:
            share()
            invariants.nothing_is_held(self.funds)
        else:
            is_refused(share, NothingHeld)

    @precondition(lambda self: self.funds.is_split)
    @rule()
    def finish_again(self) -> None:
        is_refused(self.books.split, AlreadyPosted)

    @precondition(lambda self: not self.funds.disputed)
    @rule(part=st.integers(1, 100))
    def pay_out(self, part: int) -> None:
        for account in self.funds.earnings:
            payable = self.funds.payable(account)
            if account.is_payable and payable.minor > 0:
                self.books.transfer(account, Money(max(1, payable.minor * part // 100)))

    @rule()
    def pay_out_too_much(self) -> None:
        for account in self.funds.earnings:
            if account.is_payable:
                more = max(self.funds.payable(account), Money(0)) + Money(1)
                transfer = partial(self.books.transfer, account, more)
                is_refused(transfer, TransferExceedsPayable, DisputeOpen)

    @precondition(lambda self: self.funds.kept and not self.funds.disputed)
    @rule(target=refunds, part=st.integers(1, 100))
    def give_back(self, part: int) -> UUID:
        refund_id = self.books.new_id()
        amount = Money(max(1, self.funds.kept.minor * part // 100))
        self.books.refund(amount, refund_id=refund_id)
        return refund_id

    @rule(target=found, more=st.integers(0, 100))
    def somebody_refunds_at_the_provider(self, more: int) -> UUID:
        """Even more than there is: the provider knows better."""
        refund_id = self.books.new_id()
        amount = self.funds.kept + Money(more + 1)
        self.books.find_refund(amount, refund_id=refund_id)
        return refund_id

    @rule()
    def give_back_too_much(self) -> None:
        more = self.funds.kept + Money(1)
        is_refused(lambda: self.books.refund(more), RefundExceedsCharge, DisputeOpen)

    @rule(refund_id=consumes(refunds))
    def a_refund_is_not_needed_any_more(self, refund_id: UUID) -> None:
        self.books.withdraw(refund_id)

    @rule(refund_id=st.one_of(consumes(refunds), consumes(found)))
    def a_refund_comes_back(self, refund_id: UUID) -> None:
        owed = self.funds.owed
        entry = self.books.refund_failed(refund_id)
        theirs = entry.amount_on(Account.processor()) + entry.amount_on(Account.losses())
        assert self.funds.owed == owed + theirs

    @precondition(lambda self: not self.funds.disputed)
    @rule(part=st.integers(1, 100))
    def debts_are_settled_past_the_provider(self, part: int) -> None:
        for account in (Account.owed(self.funds.session_id), *self.funds.earnings):
            debt = abs(self.funds.payable(account).minor)
            if debt and account.kind in (AccountKind.OWED, *PAYABLE):
                self.books.settle(account, Money(max(1, debt * part // 100)))

    @rule()
    def more_is_settled_than_is_owed(self) -> None:
        account = Account.owed(self.funds.session_id)
        more = self.funds.owed + Money(1)
        is_refused(
            lambda: self.books.settle(account, more), settlements.SettlementExceedsDebt, DisputeOpen
        )

    @rule()
    def the_provider_refuses_the_newest_transfer(self) -> None:
        whole = [each for each in transfers(self.funds) if each.remaining == each.amount]
        for paid in whole[-1:]:
            self.books.transfer_failed(paid.transfer_id)

    @rule(refused=st.booleans())
    def reverse_what_is_due(self, refused: bool) -> None:
        for transfer_id, amount in reversals_due(self.funds):
            reversal_id = self.books.new_id()
            self.books.reverse(transfer_id, amount, reversal_id=reversal_id)
            if refused:
                self.books.reversal_failed(transfer_id, reversal_id)
        if not refused:
            invariants.nobody_is_overpaid(self.funds)

    @rule(target=disputes, amount=prices())
    def a_bank_disputes(self, amount: Money) -> UUID:
        dispute_id = self.books.new_id()
        self.books.dispute(amount, dispute_id=dispute_id)
        return dispute_id

    @rule(dispute_id=consumes(disputes), won=st.booleans())
    def a_dispute_is_decided(self, dispute_id: UUID, won: bool) -> None:
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
        invariants.the_customer_is_owed_what_did_not_reach_them(self.funds)
        invariants.parties_earn_their_split_of_what_is_kept(self.funds, self.books.terms)
        invariants.parties_were_paid_what_is_not_payable(self.funds)
