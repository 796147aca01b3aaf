"""A session's money in every order, each entry kept in the stores and read again."""

from uuid import UUID, uuid4

import attrs
from hypothesis import settings

from autodoctor.domain.revenue import entries, refunds
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ledger import Entry, balance
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CheckoutId, EntryId, RefundId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.books import OPENED_AT, Books
from autodoctor.testing.machines.money import SessionMoney
from support.machines import BOUNDED, holds, is_found_out
from support.postgres import Cluster
from support.scenery import a_kept_session
from support.unguarded import unguarded_memory, without


@attrs.define(kw_only=True)
class KeptBooks(Books):
    """Every entry is posted twice, under another id the second time."""

    kept: Transactions

    def new_id(self) -> UUID:
        return uuid4()

    def keep(self, entry: Entry) -> Funds:
        again = attrs.evolve(entry, id=EntryId(uuid4()))
        with self.kept(SYSTEM) as tx:
            assert tx.ledger.post(entry), f"{entry.key} was posted before"
        with self.kept(SYSTEM) as tx:
            assert not tx.ledger.post(again), f"{entry.key} was posted twice"
        with self.kept(SYSTEM) as tx:
            stored = tx.ledger.of_session(entry.session_id)
            for account in (Account.held(entry.session_id), Account.disputed(entry.session_id)):
                assert tx.ledger.balance(account) == balance(stored, account)
        assert stored == (*self.funds.entries, entry), "stored otherwise than posted"
        return Funds.of(entry.session_id, stored)


def money_on(kept: Transactions, books: type[KeptBooks] = KeptBooks) -> type[SessionMoney]:
    class KeptMoney(SessionMoney):
        def make_books(self, agreed: Terms) -> Books:
            return books(kept=kept, terms=agreed, funds=Funds(a_kept_session(kept).id))

    return KeptMoney


def test_the_ledger_adds_up_whatever_happens(kept: Transactions) -> None:
    holds(money_on(kept), settings(BOUNDED, max_examples=20))


def test_a_refund_beyond_what_was_charged_is_found_out(kept: Transactions) -> None:
    @attrs.define(kw_only=True)
    class Generous(KeptBooks):
        """Takes any amount for charged."""

        def refund(self, amount: Money, *, refund_id: UUID | None = None) -> Entry:
            facts = {"entry_id": EntryId(uuid4()), "at": OPENED_AT, "amount": amount}
            imagined = entries.charge(self.funds, checkout_id=CheckoutId(uuid4()), **facts)
            back = refunds.refund(
                self.funds.with_entry(imagined),
                refund_id=RefundId(refund_id or uuid4()),
                terms=self.terms,
                **facts,
            )
            self.funds = self.keep(back)
            return back

    is_found_out(money_on(kept, Generous), "RefundExceedsCharge|held|refunded of")


def test_memory_that_takes_a_key_twice_is_found_out() -> None:
    is_found_out(money_on(unguarded_memory()), "was posted twice")


def test_a_database_that_takes_a_key_twice_is_found_out(cluster: Cluster) -> None:
    with cluster.database() as database:
        without(database, "uq_entries_key")

        is_found_out(money_on(database.transactions), "was posted twice")
