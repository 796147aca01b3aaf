from uuid import UUID

import pytest

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.entries import NothingHeld
from autodoctor.domain.revenue.funds import AlreadyPosted, AmountNotPositive, Funds
from autodoctor.domain.revenue.ledger import EntryKind, Posting
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.ids import SessionId
from autodoctor.domain.shared.money import Currency, CurrencyMismatch, Money
from autodoctor.testing.books import MECHANIC, OPENED_AT, SESSION, WORKSHOP, Books

CASH, HELD, PLATFORM = Account.processor(), Account.held(SESSION), Account.platform()
TO_MECHANIC, TO_WORKSHOP = Account.mechanic(MECHANIC), Account.workshop(WORKSHOP)
CHECKOUT = UUID(int=5)


def test_a_charge_brings_cash_that_is_held_for_the_session() -> None:
    books = Books()

    entry = books.charge(Money(4999), checkout_id=CHECKOUT)

    assert entry.postings == (Posting(CASH, Money(4999)), Posting(HELD, Money(-4999)))
    assert entry.key == f"charge:{CHECKOUT}"
    assert entry.kind is EntryKind.CHARGE
    assert entry.session_id == SESSION
    assert entry.at == OPENED_AT
    assert entry.id == UUID(int=1001)
    assert books.funds.held == Money(4999)
    assert books.funds.kept == Money(4999)


def test_an_extension_is_held_with_the_rest() -> None:
    books = Books()
    books.charge(Money(4999))

    books.charge(Money(1499))

    assert books.funds.held == Money(6498)


def test_a_checkout_is_charged_once() -> None:
    books = Books()
    books.charge(Money(4999), checkout_id=CHECKOUT)

    with pytest.raises(AlreadyPosted) as refused:
        books.charge(Money(0), checkout_id=CHECKOUT)

    assert refused.value.key == f"charge:{CHECKOUT}"


@pytest.mark.parametrize("minor", [0, -1])
def test_nothing_cannot_be_charged(minor: int) -> None:
    with pytest.raises(AmountNotPositive) as refused:
        Books().charge(Money(minor))

    assert refused.value.amount == Money(minor)


def test_a_single_cent_can_be_charged() -> None:
    books = Books()

    books.charge(Money(1))

    assert books.funds.held == Money(1)


def test_a_session_is_charged_in_one_currency() -> None:
    books = Books()
    books.charge(Money(4999))

    with pytest.raises(CurrencyMismatch) as refused:
        books.charge(Money(1499, Currency("usd")))

    assert refused.value.facts == {"left": "cad", "right": "usd"}


def test_the_first_charge_decides_the_currency() -> None:
    books = Books()

    books.charge(Money(4999, Currency("usd")))
    books.split()

    assert books.funds.currency == "usd"
    assert books.funds.held == Money(0, Currency("usd"))
    assert books.funds.earned == Money(4999, Currency("usd"))


def test_completing_a_session_turns_what_is_held_into_earnings() -> None:
    books = Books()
    books.charge(Money(4999))

    entry = books.split()

    assert entry.postings == (
        Posting(HELD, Money(4999)),
        Posting(PLATFORM, Money(-999)),
        Posting(TO_WORKSHOP, Money(-400)),
        Posting(TO_MECHANIC, Money(-3600)),
    )
    assert entry.key == f"split:{SESSION}"
    assert entry.kind is EntryKind.SPLIT
    assert entry.session_id == SESSION
    assert entry.id == UUID(int=1003)
    assert books.funds.is_split
    assert books.funds.held == Money(0)
    assert books.funds.kept == Money(4999)


def test_an_independent_mechanic_shares_with_the_platform_alone() -> None:
    books = Books(terms=Terms(mechanic_id=MECHANIC))
    books.charge(Money(4999))

    books.split()

    assert books.funds.earnings == {PLATFORM: Money(999), TO_MECHANIC: Money(4000)}


def test_who_earns_nothing_gets_no_posting() -> None:
    books = Books()
    books.charge(Money(4))

    entry = books.split()

    assert entry.postings == (Posting(HELD, Money(4)), Posting(TO_MECHANIC, Money(-4)))


def test_charge_and_extensions_are_split_as_one() -> None:
    books = Books()
    books.charge(Money(4999))
    books.charge(Money(1499))

    books.split()

    assert books.funds.earnings == {
        PLATFORM: Money(1299),
        TO_WORKSHOP: Money(519),
        TO_MECHANIC: Money(4680),
    }


def test_a_session_is_split_once() -> None:
    books = Books()
    books.charge(Money(4999))
    books.split()

    with pytest.raises(AlreadyPosted) as refused:
        books.split()

    assert refused.value.key == f"split:{SESSION}"


def test_nothing_held_cannot_be_split() -> None:
    with pytest.raises(NothingHeld) as refused:
        Books().split()

    assert refused.value.session_id == SESSION


def test_a_single_cent_is_split_too() -> None:
    books = Books()
    books.charge(Money(1))

    books.split()

    assert books.funds.earnings == {TO_MECHANIC: Money(1)}


def test_what_a_cancelled_session_keeps_is_released_like_any_revenue() -> None:
    books = Books()
    books.charge(Money(4999))
    books.refund(Money(2500))

    entry = books.release()

    assert entry.kind is EntryKind.RELEASE
    assert entry.postings == (
        Posting(HELD, Money(2499)),
        Posting(PLATFORM, Money(-499)),
        Posting(TO_WORKSHOP, Money(-200)),
        Posting(TO_MECHANIC, Money(-1800)),
    )
    assert books.funds.is_split


def test_a_cancelled_session_that_keeps_nothing_has_nothing_to_release() -> None:
    books = Books()
    books.charge(Money(4999))
    books.refund(Money(4999))

    with pytest.raises(NothingHeld):
        books.release()


def test_a_session_is_split_or_released_never_both() -> None:
    completed, cancelled = Books(), Books()
    completed.charge(Money(4999))
    completed.split()
    cancelled.charge(Money(4999))
    cancelled.release()

    with pytest.raises(AlreadyPosted):
        completed.release()
    with pytest.raises(AlreadyPosted):
        cancelled.split()


def test_funds_are_picked_out_of_a_larger_ledger() -> None:
    books, other = Books(), Books(funds=Funds(SessionId(UUID(int=99))), ids=5000)
    mine = books.charge(Money(4999))
    theirs = other.charge(Money(999))

    funds = Funds.of(SESSION, [theirs, mine])

    assert funds == Funds(SESSION, (mine,))
    assert funds.find(mine.key) is mine
    assert funds.find(theirs.key) is None


def test_an_entry_is_added_to_its_funds_once() -> None:
    books = Books()
    entry = books.charge(Money(4999))

    with pytest.raises(AlreadyPosted) as refused:
        books.funds.with_entry(entry)

    assert refused.value.key == entry.key


def test_a_session_without_entries_has_no_money() -> None:
    funds = Funds(SESSION)

    assert (funds.held, funds.disputed, funds.earned, funds.kept) == (Money(0),) * 4
    assert funds.earnings == {}
    assert not funds.is_split
    assert funds.currency == "cad"
