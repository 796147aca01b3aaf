from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.application.operations.figures import Figures
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.revenue.accounts import Account, AccountKind
from autodoctor.domain.revenue.ledger import Entry, EntryKind, Posting
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import EntryId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.domain.vetting.application import ApplicationKind
from autodoctor.entrypoints.web.pages.admin_figures import hub_view
from autodoctor.entrypoints.web.pages.admin_money import (
    ACCOUNTS,
    ENTRIES,
    MOVED,
    PAID,
    balance_table,
    balanced,
    ledger_table,
)
from autodoctor.ports.people_queries import PeopleFigures
from support.seen import ID, NOW, WHEN

USD = Currency("usd")
BALANCES = (("held", Money(-999)), ("processor", Money(999)))


def test_every_account_and_entry_and_state_has_words() -> None:
    assert set(ACCOUNTS) == set(AccountKind)
    assert set(ENTRIES) == set(EntryKind)
    assert set(MOVED) == set(MovementStatus)
    assert set(PAID) == set(CheckoutStatus)


def test_a_ledger_entry_is_told_posting_by_posting() -> None:
    paid = Entry(
        id=EntryId(UUID(int=1)),
        key="charge:1",
        kind=EntryKind.CHARGE,
        session_id=ID,
        at=NOW,
        postings=(
            Posting(Account.processor(), Money(999)),
            Posting(Account.held(ID), Money(-999)),
        ),
    )

    rows = ledger_table((paid,), WHEN).rows

    assert [[cell.text for cell in row] for row in rows] == [
        ["The customer paid", "Payment provider", "$9.99", "–"],
        ["The customer paid", "Held for customers", "–", "$9.99"],
    ]


def test_the_trial_balance_ends_with_equal_sums() -> None:
    rows = balance_table(BALANCES).rows

    assert [cell.text for cell in rows[-1]] == ["Together", "$9.99", "$9.99"]


def test_each_currency_has_a_sum_of_its_own() -> None:
    both = (*BALANCES, ("platform", Money(-5, USD)), ("processor", Money(5, USD)))

    assert [row[0].text for row in balance_table(both).rows].count("Together") == 2
    assert balanced(both)


@given(st.lists(st.integers(-1000, 1000).filter(bool), min_size=1, max_size=6))
def test_books_balance_only_when_they_sum_to_zero(amounts: list[int]) -> None:
    balances = tuple(("platform", Money(amount)) for amount in amounts)

    assert balanced(balances) is (sum(amounts) == 0)


def test_money_of_two_currencies_does_not_cancel_out() -> None:
    assert not balanced((("platform", Money(-5)), ("processor", Money(5, USD))))


@pytest.mark.parametrize(("amount", "fine"), [(999, True), (998, False)])
def test_the_hub_says_whether_the_books_balance(amount: int, fine: bool) -> None:
    found = Figures(
        sessions={SessionStatus.LIVE: 2, SessionStatus.COMPLETED: 3},
        mechanics_online=4,
        disputes_open=1,
        money_issues=10,
        money_check=None,
        mails_given_up=6,
        jobs_given_up=0,
        people=PeopleFigures(
            by_role={Role.CUSTOMER: 12, Role.MECHANIC: 7}, suspended=2, banned=1, logged_in=9
        ),
        applications={
            ApplicationKind.MECHANIC: 8,
            ApplicationKind.WORKSHOP: 0,
            ApplicationKind.ORGANIZATION: 3,
        },
        balances=(("held", Money(-999)), ("processor", Money(amount))),
    )

    view = hub_view(found)

    assert view.balanced is fine
    figures = ["4", "2", "1", "–", "10", "8", "0", "3", "6", "0", "5"]
    assert [tile.figure for tile in view.now] == figures
    assert [tile.figure for tile in view.people] == ["9", "12", "7", "0", "0", "0", "2", "1"]
    figures = {tile.label: tile.figure for tile in view.states}
    assert (figures["Live"], figures["Completed"], figures["Expired"]) == ("2", "3", "0")
