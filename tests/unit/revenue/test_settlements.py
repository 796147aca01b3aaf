"""Debts that are settled past the payment provider, from or to our own bank account."""

from uuid import UUID

import pytest

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import AlreadyPosted, AmountNotPositive, DisputeOpen
from autodoctor.domain.revenue.ledger import EntryKind, Posting
from autodoctor.domain.revenue.settlements import SettlementExceedsDebt
from autodoctor.domain.shared.money import Money
from autodoctor.testing.books import MECHANIC, SESSION, WORKSHOP, Books

BANK, OWED = Account.bank(), Account.owed(SESSION)
TO_MECHANIC, TO_WORKSHOP = Account.mechanic(MECHANIC), Account.workshop(WORKSHOP)
ISSUE, TRANSFER, REFUND = UUID(int=31), UUID(int=32), UUID(int=33)


@pytest.fixture
def books() -> Books:
    """A completed session of 49.99: 36.00 payable to the mechanic, 4.00 to the workshop."""
    books = Books()
    books.charge(Money(4999))
    books.split()
    return books


def owing_the_customer(books: Books, minor: int) -> Books:
    books.refund(Money(minor), refund_id=REFUND)
    books.refund_failed(REFUND)
    return books


@pytest.mark.parametrize("minor", [1, 2000, 3600])
def test_what_a_mechanic_is_owed_leaves_our_bank(books: Books, minor: int) -> None:
    entry = books.settle(TO_MECHANIC, Money(minor), issue_id=ISSUE)

    assert entry.postings == (Posting(TO_MECHANIC, Money(minor)), Posting(BANK, Money(-minor)))
    assert (entry.key, entry.kind) == (f"settlement:{ISSUE}", EntryKind.SETTLEMENT)
    assert books.funds.payable(TO_MECHANIC) == Money(3600 - minor)


@pytest.mark.parametrize("minor", [1, 2000])
def test_what_the_customer_is_owed_leaves_our_bank(books: Books, minor: int) -> None:
    entry = owing_the_customer(books, minor).settle(OWED, Money(minor))

    assert entry.postings == (Posting(OWED, Money(minor)), Posting(BANK, Money(-minor)))
    assert books.funds.owed == Money(0)


def test_what_a_mechanic_owes_us_comes_to_our_bank(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=TRANSFER)
    books.refund(Money(2000))

    entry = books.settle(TO_MECHANIC, Money(1440))

    assert entry.postings == (Posting(TO_MECHANIC, Money(-1440)), Posting(BANK, Money(1440)))
    assert books.funds.payable(TO_MECHANIC) == Money(0)


def test_no_more_is_settled_than_is_owed_either_way(books: Books) -> None:
    with pytest.raises(SettlementExceedsDebt) as to_them:
        books.settle(TO_WORKSHOP, Money(401))
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=TRANSFER)
    books.refund(Money(2000))
    with pytest.raises(SettlementExceedsDebt) as to_us:
        books.settle(TO_MECHANIC, Money(1441))

    assert to_them.value.facts == {"asked": Money(401), "owed": Money(400)}
    assert to_us.value.facts == {"asked": Money(1441), "owed": Money(-1440)}


def test_refusals_come_in_their_order(books: Books) -> None:
    books.settle(TO_MECHANIC, Money(1), issue_id=ISSUE)
    books.dispute(Money(4999))

    with pytest.raises(AlreadyPosted) as posted:
        books.settle(TO_MECHANIC, Money(0), issue_id=ISSUE)
    with pytest.raises(AmountNotPositive) as nothing:
        books.settle(TO_MECHANIC, Money(0))
    with pytest.raises(DisputeOpen):
        books.settle(TO_MECHANIC, Money(9999))

    assert posted.value.key == f"settlement:{ISSUE}"
    assert nothing.value.amount == Money(0)


def test_each_account_is_of_its_owner_or_of_nobody() -> None:
    assert [str(each) for each in (BANK, OWED, TO_MECHANIC)] == [
        "bank",
        f"owed:{SESSION}",
        f"mechanic:{MECHANIC}",
    ]
