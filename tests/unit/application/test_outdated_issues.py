"""Staff are told of money that needs them, until somebody has dealt with it."""

from collections.abc import Callable

import pytest

from autodoctor.application.notifications.money import tell_money
from autodoctor.application.payments.resolving import retry, settle
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.revenue.events import MoneyIssueOpened
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.testing.ports import Town, a_customer, a_paid_session, an_admin
from autodoctor.testing.town import hear_everything, work

Dealing = Callable[[Town, Actor], object]


@pytest.fixture
def admin(town: Town) -> Actor:
    return an_admin(town.ports)


def a_failed_refund(town: Town) -> Session:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    work(town)
    hear_everything(town)
    work(town)
    town.bank.fail_refund(list(town.bank.refunds)[-1], why="expired_or_canceled_card")
    hear_everything(town)
    work(town)
    return session


def retried(town: Town, admin: Actor) -> object:
    (issue,) = town.ports.queries.money.open_issues()
    return retry(town.ports, actor=admin, issue_id=issue.id, note="They have a new card.")


def settled(town: Town, admin: Actor) -> object:
    (issue,) = town.ports.queries.money.open_issues()
    return settle(town.ports, actor=admin, issue_id=issue.id, note="By cheque.")


def refunded_in_stripe(town: Town, admin: Actor) -> None:
    """The customer is owed nothing any more; nobody closed the issue."""
    (charge,) = town.bank.charges
    town.bank.refund_at_provider(charge)
    hear_everything(town)
    work(town)


DEALT_WITH = pytest.mark.parametrize("deal", [retried, settled, refunded_in_stripe])


def told(town: Town, admin: Actor) -> int:
    """How many failed refunds the app tells staff of."""
    with town.kept(SYSTEM) as tx:
        news = tx.notifications.of(admin.account_id, most=50)
    return sum(
        each.occasion == Occasion.MONEY_ISSUE and each.title == "A refund failed" for each in news
    )


@DEALT_WITH
def test_what_was_dealt_with_is_no_news_any_more(town: Town, admin: Actor, deal: Dealing) -> None:
    a_failed_refund(town)
    before = told(town, admin)

    deal(town, admin)
    work(town)

    assert (before, told(town, admin)) == (1, 0)


@DEALT_WITH
def test_what_was_dealt_with_before_it_was_told_is_not_told(
    town: Town, admin: Actor, deal: Dealing
) -> None:
    """The news that it was opened is delivered last."""
    session = a_failed_refund(town)
    with town.kept(SYSTEM) as tx:
        happened = tx.outbox.of_session(session.id)
    (opened,) = (each for each in happened if isinstance(each.event, MoneyIssueOpened))
    deal(town, admin)
    work(town)

    with town.kept(SYSTEM) as tx:
        tell_money(town.ports, tx, opened, opened.event)

    assert told(town, admin) == 0


def test_what_fails_again_is_told_again(town: Town, admin: Actor) -> None:
    a_failed_refund(town)
    retried(town, admin)
    work(town)

    town.bank.fail_refund(list(town.bank.refunds)[-1])
    hear_everything(town)
    work(town)

    assert told(town, admin) == 1
