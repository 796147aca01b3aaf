"""Payments of another amount, transfers that are refused, payouts that banks send back."""

from datetime import timedelta

import pytest

from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.payments.payouts import send_held
from autodoctor.application.payments.resolving import close, retry, settle
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.issue import Issue, IssueKind, NotRetriable
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.testing.ports import Town, a_booking, a_customer, an_admin, open_page
from autodoctor.testing.town import has_payout_account, hear_everything, work
from support.towns import Pair, completed


@pytest.fixture
def admin(town: Town) -> Actor:
    return an_admin(town.ports)


def hear(town: Town) -> None:
    hear_everything(town)
    work(town)


def titles(town: Town, account_id: AccountId) -> list[str]:
    with town.kept(SYSTEM) as tx:
        return [each.title for each in tx.notifications.of(account_id, most=50)]


def the_issue(town: Town) -> Issue:
    (issue,) = town.ports.queries.money.open_issues()
    return issue


def payable(town: Town, pair: Pair) -> Money:
    with town.kept(SYSTEM) as tx:
        return -tx.ledger.balance(Account.mechanic(pair.mechanic.mechanic_id))


@pytest.mark.parametrize("paid", [Money(100), Money(5000), Money(4999, Currency("usd"))])
def test_another_amount_opens_nothing_and_goes_back(town: Town, admin: Actor, paid: Money) -> None:
    customer = a_customer(town.ports)
    page = open_page(town, customer, a_booking(town.ports, customer))
    town.bank.pay(page, received=paid)

    hear(town)
    resolve(town.ports, provider_id=page)

    with town.kept(SYSTEM) as tx:
        checkout = tx.checkouts.by_provider(page)
        assert checkout is not None
        assert (checkout.status, checkout.received) == (CheckoutStatus.RETURNED, paid)
        assert tx.sessions.of_checkout(checkout.id) is None
        posted = tx.ledger.of_checkout(checkout.id)
    assert [entry.amount_on(Account.processor()) for entry in posted] == [paid, -paid]
    assert [each.amount for each in town.bank.refunds.values()] == [paid]
    assert the_issue(town).kind is IssueKind.AMOUNT_DIFFERS
    assert titles(town, admin.account_id) == ["A payment of another amount"]


def a_share_due(town: Town) -> Pair:
    """We hold the mechanic's account to be ready, and are about to send their share."""
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    with town.kept(SYSTEM) as tx:
        mechanic = tx.mechanics.get(pair.mechanic.mechanic_id, lock=True)
        tx.mechanics.save(mechanic.can_be_paid(ready=True))
        send_held(town.ports, tx, mechanic.id, at=town.clock.now())
    return pair


def statuses(town: Town, pair: Pair) -> list[MovementStatus]:
    with town.kept(SYSTEM) as tx:
        return [each.status for each in tx.transfers.of_session(pair.session.id)]


def test_a_transfer_that_is_refused_stays_owed_and_staff_try_again(
    town: Town, admin: Actor
) -> None:
    pair = a_share_due(town)
    account, known = town.bank.accounts.popitem()
    work(town)
    assert the_issue(town).kind is IssueKind.TRANSFER_FAILED
    assert statuses(town, pair) == [MovementStatus.FAILED]
    assert payable(town, pair) == Money(4000)

    town.bank.accounts[account] = known
    retry(town.ports, actor=admin, issue_id=the_issue(town).id, note="once more")
    work(town)

    assert statuses(town, pair) == [MovementStatus.FAILED, MovementStatus.DONE]
    assert payable(town, pair) == Money(0)
    assert [each.order.amount for each in town.bank.transfers.values()] == [Money(4000)]


def test_staff_pay_a_share_another_way(town: Town, admin: Actor) -> None:
    pair = a_share_due(town)
    town.bank.accounts.clear()
    work(town)

    settle(town.ports, actor=admin, issue_id=the_issue(town).id, note="By cheque.")

    assert payable(town, pair) == Money(0)
    with town.kept(SYSTEM) as tx:
        assert tx.ledger.balance(Account.bank()) == Money(-4000)


def test_an_account_that_is_not_ready_after_all_gets_its_share_when_it_is(town: Town) -> None:
    pair = a_share_due(town)
    (account,) = town.bank.accounts
    town.bank.set_ready(account, ready=False)
    work(town)
    assert statuses(town, pair) == [MovementStatus.FAILED, MovementStatus.HELD]
    assert payable(town, pair) == Money(4000)
    assert town.ports.queries.money.open_issues() == ()

    town.bank.set_ready(account)
    hear(town)

    assert statuses(town, pair) == [MovementStatus.FAILED, MovementStatus.DONE]
    assert payable(town, pair) == Money(0)
    earned = town.ports.queries.revenue.earnings(
        pair.mechanic.mechanic_id,
        since=town.clock.now() - timedelta(days=1),
        until=town.clock.now() + timedelta(days=1),
    )
    assert [(each.net, each.transfer_status) for each in earned] == [(Money(4000), "done")]


def test_a_payout_that_comes_back_is_told_to_its_owner_and_to_staff_once(
    town: Town, admin: Actor
) -> None:
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    hear(town)
    (account,) = town.bank.accounts
    payout = town.bank.pay_out(account, Money(4000))
    town.bank.finish_payout(payout)
    hear(town)
    assert town.ports.queries.money.open_issues() == ()

    town.bank.finish_payout(payout, failure="account_closed")
    for _ in range(2):
        hear(town)

    assert titles(town, pair.mechanic.account_id).count("Your bank sent a payout back") == 1
    assert titles(town, admin.account_id) == ["A bank sent a payout back"]
    assert (the_issue(town).kind, the_issue(town).detail) == (
        IssueKind.PAYOUT_FAILED,
        "account_closed",
    )


def test_what_leaves_no_debt_is_only_closed(town: Town, admin: Actor) -> None:
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    hear(town)
    (account,) = town.bank.accounts
    town.bank.finish_payout(town.bank.pay_out(account, Money(1)), failure="no_account")
    hear(town)
    issue = the_issue(town)

    for step in (retry, settle):
        with pytest.raises(NotRetriable):
            step(town.ports, actor=admin, issue_id=issue.id, note="once more")
    close(town.ports, actor=admin, issue_id=issue.id, note="They have a new account.")

    assert [each.note for each in town.ports.queries.money.closed_issues()] == [
        "They have a new account."
    ]
