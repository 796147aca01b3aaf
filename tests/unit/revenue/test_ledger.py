from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.revenue.accounts import Account, AccountKind
from autodoctor.domain.revenue.ledger import (
    Entry,
    EntryKind,
    EntryTooShort,
    EntryUnbalanced,
    Posting,
    PostingZero,
    balance,
    trial_balance,
)
from autodoctor.domain.shared.ids import EntryId, MechanicId, SessionId, WorkshopId
from autodoctor.domain.shared.money import CAD, Currency, Money
from autodoctor.testing.invariants.ledger import (
    all_balances_sum_to_zero,
    every_entry_sums_to_zero,
)

USD = Currency("usd")
SESSION = SessionId(UUID(int=7))
CASH, HELD = Account.processor(), Account.held(SESSION)


def entry(*postings: Posting) -> Entry:
    return Entry(
        id=EntryId(uuid4()),
        key="charge:1",
        kind=EntryKind.CHARGE,
        session_id=SESSION,
        at=datetime(2026, 3, 1, tzinfo=UTC),
        postings=postings,
    )


def test_an_entry_moves_money_from_account_to_account() -> None:
    moved = entry(Posting(CASH, Money(4999)), Posting(HELD, Money(-4999)))

    assert moved.amount_on(CASH) == Money(4999)
    assert moved.amount_on(HELD) == Money(-4999)
    assert moved.amount_on(Account.platform()) == Money(0)


def test_an_entry_may_post_to_one_account_twice() -> None:
    moved = entry(Posting(CASH, Money(3)), Posting(CASH, Money(4)), Posting(HELD, Money(-7)))

    assert moved.amount_on(CASH) == Money(7)


def test_what_an_entry_moves_is_in_its_currency() -> None:
    moved = entry(Posting(CASH, Money(1, USD)), Posting(HELD, Money(-1, USD)))

    assert moved.amount_on(Account.platform()) == Money(0, USD)


def test_a_posting_of_nothing_is_refused() -> None:
    with pytest.raises(PostingZero) as refused:
        Posting(CASH, Money(0))

    assert refused.value.account == CASH


@pytest.mark.parametrize("postings", [(), (Posting(CASH, Money(1)),)])
def test_an_entry_needs_two_postings_even_before_it_needs_balance(
    postings: tuple[Posting, ...],
) -> None:
    with pytest.raises(EntryTooShort) as refused:
        entry(*postings)

    assert refused.value.key == "charge:1"


@pytest.mark.parametrize("off", [-1, 1])
def test_an_entry_that_does_not_sum_to_zero_is_refused(off: int) -> None:
    with pytest.raises(EntryUnbalanced) as refused:
        entry(Posting(CASH, Money(4999 + off)), Posting(HELD, Money(-4999)))

    assert refused.value.facts == {"key": "charge:1", "currency": CAD, "sum_minor": off}


def test_one_currency_does_not_balance_another() -> None:
    with pytest.raises(EntryUnbalanced):
        entry(Posting(CASH, Money(5, CAD)), Posting(HELD, Money(-5, USD)))


def test_each_currency_may_balance_by_itself() -> None:
    moved = entry(
        Posting(CASH, Money(5, CAD)),
        Posting(HELD, Money(-5, CAD)),
        Posting(CASH, Money(9, USD)),
        Posting(HELD, Money(-9, USD)),
    )

    assert balance([moved], CASH) == Money(5)
    assert balance([moved], CASH, currency=USD) == Money(9, USD)


def test_an_entry_needs_an_aware_time() -> None:
    with pytest.raises(AssertionError, match="at needs a time zone"):
        Entry(
            id=EntryId(uuid4()),
            key="k",
            kind=EntryKind.CHARGE,
            session_id=None,
            at=datetime(2026, 3, 1),
            postings=(Posting(CASH, Money(1)), Posting(HELD, Money(-1))),
        )


def test_a_balance_adds_up_all_entries() -> None:
    entries = [
        entry(Posting(CASH, Money(10)), Posting(HELD, Money(-10))),
        entry(Posting(HELD, Money(4)), Posting(CASH, Money(-4))),
    ]

    assert balance(entries, CASH) == Money(6)
    assert balance(entries, HELD) == Money(-6)
    assert trial_balance(entries) == {(CASH, CAD): Money(6), (HELD, CAD): Money(-6)}


def test_the_balance_of_an_untouched_account_is_zero_in_the_currency_asked_for() -> None:
    assert balance([], CASH) == Money(0, CAD)
    assert balance([], CASH, currency=USD) == Money(0, USD)


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.sampled_from([CAD, USD])), min_size=1, max_size=20)
)
def test_the_books_balance_whatever_is_posted(moves: list[tuple[int, Currency]]) -> None:
    entries = [entry(Posting(CASH, Money(m, c)), Posting(HELD, Money(-m, c))) for m, c in moves]

    every_entry_sums_to_zero(entries)
    all_balances_sum_to_zero(trial_balance(entries).values())


@pytest.mark.parametrize(
    ("account", "kind", "owner", "payable"),
    [
        (Account.processor(), AccountKind.PROCESSOR, None, False),
        (Account.platform(), AccountKind.PLATFORM, None, False),
        (Account.losses(), AccountKind.LOSSES, None, False),
        (Account.held(SESSION), AccountKind.HELD, SESSION, False),
        (Account.disputed(SESSION), AccountKind.DISPUTED, SESSION, False),
        (Account.mechanic(MechanicId(SESSION)), AccountKind.MECHANIC, SESSION, True),
        (Account.workshop(WorkshopId(SESSION)), AccountKind.WORKSHOP, SESSION, True),
    ],
)
def test_an_account_knows_its_kind_its_owner_and_whether_it_is_paid_out(
    account: Account, kind: AccountKind, owner: UUID | None, payable: bool
) -> None:
    assert (account.kind, account.owner, account.is_payable) == (kind, owner, payable)
    assert str(account) == (f"{kind.value}:{owner}" if owner else kind.value)


def test_an_account_has_an_owner_exactly_when_its_kind_needs_one() -> None:
    with pytest.raises(AssertionError):
        Account(AccountKind.MECHANIC)
    with pytest.raises(AssertionError):
        Account(AccountKind.PLATFORM, SESSION)
