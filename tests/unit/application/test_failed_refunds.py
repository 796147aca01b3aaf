"""Refunds followed to their end: pending is pending, and what comes back is owed again."""

from datetime import timedelta
from functools import partial

import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.notifications.refund_failures import tell_refund_failed
from autodoctor.application.operations.due import run_timers
from autodoctor.application.payments.resolving import close, retry, settle
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.events import RefundFailed
from autodoctor.domain.revenue.issue import Issue, IssueClosed, IssueKind, Resolution, StillOwed
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.testing.ports import Town, a_customer, a_paid_session, an_admin
from autodoctor.testing.town import hear_everything, work
from support.towns import now

PRICE = Money(4999)
RECEIPT = "We received your payment of $49.99 CAD"


@pytest.fixture
def admin(town: Town) -> Actor:
    return an_admin(town.ports)


def hear(town: Town) -> None:
    hear_everything(town)
    work(town)


def cancelled(town: Town) -> Session:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    work(town)
    return session


def sent_back(town: Town) -> Session:
    """Cancelled and refunded, and the customer's bank has sent the refund back."""
    session = cancelled(town)
    hear(town)
    (refund,) = town.bank.refunds
    town.bank.fail_refund(refund, why="expired_or_canceled_card")
    hear(town)
    return session


def owed(town: Town, session: Session) -> Money:
    with town.kept(SYSTEM) as tx:
        return -tx.ledger.balance(Account.owed(session.id))


def statuses(town: Town, session: Session) -> list[MovementStatus]:
    assert session.checkout_id is not None
    with town.kept(SYSTEM) as tx:
        return [each.status for each in tx.refunds.of_checkout(session.checkout_id)]


def told(town: Town, account_id: object) -> list[str]:
    """The titles behind somebody's bell."""
    with town.kept(SYSTEM) as tx:
        return [each.title for each in tx.notifications.of(account_id, most=50)]  # type: ignore[arg-type]


def the_issue(town: Town) -> Issue:
    (issue,) = town.ports.queries.money.open_issues()
    return issue


def kinds(town: Town) -> list[IssueKind]:
    return [each.kind for each in town.ports.queries.money.open_issues()]


def test_a_pending_refund_is_pending(town: Town) -> None:
    town.bank.slow_down_refunds()
    session = cancelled(town)
    hear(town)

    assert statuses(town, session) == [MovementStatus.PENDING]
    assert now(town, session).status is SessionStatus.CANCELLED
    view = town.ports.queries.sessions.one(session.id)
    assert (view.refunded, view.refund_arrived) == (PRICE, Money(0))

    (refund,) = town.bank.refunds
    town.bank.let_refund_arrive(refund)
    hear(town)
    assert statuses(town, session) == [MovementStatus.DONE]
    assert now(town, session).status is SessionStatus.REFUNDED


def test_a_pending_refund_that_fails_never_counted(town: Town) -> None:
    town.bank.slow_down_refunds()
    session = cancelled(town)
    (refund,) = town.bank.refunds
    town.bank.fail_refund(refund)
    hear(town)

    assert statuses(town, session) == [MovementStatus.FAILED]
    assert now(town, session).status is SessionStatus.CANCELLED
    assert owed(town, session) == PRICE


def test_a_refund_that_comes_back_is_owed_again_and_everybody_is_told(
    town: Town, admin: Actor
) -> None:
    session = sent_back(town)

    assert statuses(town, session) == [MovementStatus.FAILED]
    assert owed(town, session) == PRICE
    assert "Your refund of $49.99 CAD did not arrive" in told(town, session.customer_id)
    assert told(town, admin.account_id) == ["A refund failed"]
    issue = the_issue(town)
    assert (issue.kind, issue.detail) == (IssueKind.REFUND_FAILED, "expired_or_canceled_card")
    view = town.ports.queries.sessions.one(session.id)
    assert (view.refunded, view.refund_owed) == (Money(0), PRICE)


def test_a_refund_that_failed_and_was_paid_before_anybody_was_told_is_no_news(
    town: Town, admin: Actor
) -> None:
    """The news of the failure are delivered last."""
    session = sent_back(town)
    with town.kept(SYSTEM) as tx:
        told_of = tx.outbox.of_session(session.id)
    (failed,) = (each.event for each in told_of if isinstance(each.event, RefundFailed))
    settle(town.ports, actor=admin, issue_id=the_issue(town).id, note="By e-transfer today.")
    work(town)

    with town.kept(SYSTEM) as tx:
        tell_refund_failed(town.ports, tx, failed)

    assert told(town, session.customer_id) == [
        RECEIPT,
        "Your refund of $49.99 CAD was paid another way",
    ]


def test_a_retry_that_fails_takes_the_place_of_the_news_before(town: Town, admin: Actor) -> None:
    session = sent_back(town)
    retry(town.ports, actor=admin, issue_id=the_issue(town).id, note="They have a new card.")
    work(town)
    town.bank.fail_refund(list(town.bank.refunds)[-1])
    hear(town)

    assert told(town, session.customer_id) == [RECEIPT, "Your refund of $49.99 CAD did not arrive"]


def test_news_of_the_success_after_the_failure_change_nothing(town: Town) -> None:
    session = sent_back(town)

    for _ in range(2):
        hear(town)

    assert statuses(town, session) == [MovementStatus.FAILED]
    assert owed(town, session) == PRICE
    assert len(town.ports.queries.money.open_issues()) == 1


def test_what_is_owed_is_not_archived_until_it_is_settled(town: Town, admin: Actor) -> None:
    session = sent_back(town)
    town.clock.advance(timedelta(days=31))
    run_timers(town.ports)
    assert now(town, session).status is SessionStatus.REFUNDED

    settle(town.ports, actor=admin, issue_id=the_issue(town).id, note="By cheque.")
    town.clock.advance(timedelta(days=1))
    run_timers(town.ports)

    assert now(town, session).status is SessionStatus.ARCHIVED


def test_staff_try_again_and_the_customer_gets_the_money_once(town: Town, admin: Actor) -> None:
    session = sent_back(town)

    retry(town.ports, actor=admin, issue_id=the_issue(town).id, note="They have a new card.")
    work(town)
    hear(town)

    assert statuses(town, session) == [MovementStatus.FAILED, MovementStatus.DONE]
    assert owed(town, session) == Money(0)
    assert told(town, session.customer_id) == [RECEIPT], "it did arrive now"
    (charge,) = town.bank.charges.values()
    assert charge.refunded_minor == PRICE.minor


def test_staff_pay_another_way_and_the_customer_reads_how(town: Town, admin: Actor) -> None:
    session = sent_back(town)

    settle(town.ports, actor=admin, issue_id=the_issue(town).id, note="By e-transfer today.")
    work(town)

    assert owed(town, session) == Money(0)
    with town.kept(SYSTEM) as tx:
        assert -tx.ledger.balance(Account.bank()) == PRICE
    assert told(town, session.customer_id) == [
        RECEIPT,
        "Your refund of $49.99 CAD was paid another way",
    ]
    view = town.ports.queries.sessions.one(session.id)
    assert (view.refunded, view.refund_owed) == (PRICE, Money(0))
    assert town.ports.queries.revenue.spent_by(session.customer_id) == Money(0)


def test_an_issue_is_seen_to_once(town: Town, admin: Actor) -> None:
    sent_back(town)
    issue = the_issue(town)
    retry(town.ports, actor=admin, issue_id=issue.id, note="once more")

    for step in (retry, settle, close):
        with pytest.raises(IssueClosed):
            step(town.ports, actor=admin, issue_id=issue.id, note="once more")


def test_what_is_refunded_at_the_provider_closes_the_issue(town: Town, admin: Actor) -> None:
    sent_back(town)
    issue = the_issue(town)
    (charge,) = town.bank.charges
    town.bank.refund_at_provider(charge)
    hear(town)

    (closed,) = town.ports.queries.money.closed_issues()
    assert (closed.id, closed.resolution) == (issue.id, Resolution.PAID)
    for step in (retry, settle, close):
        with pytest.raises(IssueClosed):
            step(town.ports, actor=admin, issue_id=issue.id, note="once more")


def test_a_part_that_failed_and_the_rest_that_settles_it_leave_nothing_open(town: Town) -> None:
    """Staff refund a part at the provider, its bank sends it back, staff refund all of it."""
    session = a_paid_session(town, a_customer(town.ports))
    (charge,) = town.bank.charges
    town.bank.refund_at_provider(charge, Money(2000))
    hear(town)
    town.bank.fail_refund(next(iter(town.bank.refunds)))
    hear(town)
    assert IssueKind.REFUND_FAILED in kinds(town)

    town.bank.refund_at_provider(charge)
    hear(town)

    assert owed(town, session) == Money(0)
    assert IssueKind.REFUND_FAILED not in kinds(town)


def test_a_part_of_the_debt_keeps_the_issue_open(town: Town, admin: Actor) -> None:
    session = sent_back(town)
    issue = the_issue(town)
    (charge,) = town.bank.charges
    town.bank.refund_at_provider(charge, Money(2000))
    hear(town)

    assert IssueKind.REFUND_FAILED in kinds(town)
    settle(town.ports, actor=admin, issue_id=issue.id, note="By cheque.")
    assert owed(town, session) == Money(0)
    with town.kept(SYSTEM) as tx:
        assert -tx.ledger.balance(Account.bank()) == Money(2999)


def test_the_end_of_the_session_that_gives_it_back_closes_the_issue(town: Town) -> None:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    (charge,) = town.bank.charges
    town.bank.refund_at_provider(charge, Money(2000))
    hear(town)
    town.bank.fail_refund(next(iter(town.bank.refunds)))
    hear(town)

    cancel_session(town.ports, actor=customer, session_id=session.id)

    assert IssueKind.REFUND_FAILED not in kinds(town)


def test_a_lost_dispute_closes_the_issue(town: Town) -> None:
    session = sent_back(town)
    (charge,) = town.bank.charges
    dispute = town.bank.open_dispute(charge)
    hear(town)
    assert IssueKind.REFUND_FAILED in kinds(town)

    town.bank.close_dispute(dispute, DisputeOutcome.LOST)
    hear(town)

    assert owed(town, session) == Money(0)
    assert IssueKind.REFUND_FAILED not in kinds(town)


def test_what_a_customer_is_owed_is_not_closed_with_a_note(town: Town, admin: Actor) -> None:
    session = sent_back(town)

    with pytest.raises(StillOwed):
        close(town.ports, actor=admin, issue_id=the_issue(town).id, note="Never mind.")

    assert owed(town, session) == PRICE
    assert kinds(town) == [IssueKind.REFUND_FAILED]


def test_only_staff_see_to_money_and_say_why(town: Town, admin: Actor) -> None:
    session = sent_back(town)
    issue = the_issue(town)
    customer = Actor(session.customer_id, Role.CUSTOMER)  # type: ignore[arg-type]

    for step in (retry, settle, close):
        do = partial(step, town.ports, issue_id=issue.id)
        with pytest.raises(WrongRole):
            do(actor=customer, note="please")
        with pytest.raises(InvalidField):
            do(actor=admin, note=" ")
    assert owed(town, session) == PRICE
