"""Refunds and reversals made on the provider's own pages, in part and whole."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from autodoctor.application.mechanics.queue import queue
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.sessions.ending import cancel_session, end_session
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import SessionCancelled
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.ports.payment_refusals import Outage
from autodoctor.testing.ports import (
    Town,
    a_booking,
    a_customer,
    a_mechanic,
    a_paid_session,
    an_admin,
    open_page,
)
from autodoctor.testing.town import has_payout_account, hear_everything, work
from support.towns import Pair, completed, live, matched, now

PRICE = Money(4999)
BEFORE = {Occasion.NEW_REQUEST, Occasion.REQUEST_ACCEPTED, Occasion.PAYMENT_RECEIVED}


def hear(town: Town) -> None:
    hear_everything(town)
    work(town)


def refunded(town: Town, amount: Money | None = None) -> None:
    """Somebody refunds the only charge at the provider, and we hear of it."""
    (charge,) = town.bank.charges
    town.bank.refund_at_provider(charge, amount)
    hear(town)


def waiting(town: Town) -> tuple[Actor, Session]:
    customer = a_customer(town.ports)
    return customer, a_paid_session(town, customer)


def payable(town: Town, pair: Pair) -> Money:
    with town.kept(SYSTEM) as tx:
        return -tx.ledger.balance(Account.mechanic(pair.mechanic.mechanic_id))


def processor(town: Town) -> Money:
    with town.kept(SYSTEM) as tx:
        return tx.ledger.balance(Account.processor())


def told(town: Town, account_id: AccountId) -> list[str]:
    """The titles behind somebody's bell, but not what was told when they were matched."""
    with town.kept(SYSTEM) as tx:
        found = tx.notifications.of(account_id, most=9)
    return [each.title for each in found if each.occasion not in BEFORE]


def mailed(town: Town, account_id: AccountId) -> list[str]:
    """The texts of the mails that somebody got, besides those of the match."""
    mails = (queued.mail for queued in town.kept.tables.mails.values())  # type: ignore[attr-defined]
    return [
        each.text for each in mails if each.account_id == account_id and each.occasion not in BEFORE
    ]


def issues(town: Town) -> list[IssueKind]:
    return [each.kind for each in town.ports.queries.money.open_issues()]


def later(town: Town) -> None:
    town.clock.advance(timedelta(minutes=10))
    hear(town)


@pytest.mark.parametrize("begun", [waiting, matched, live])
def test_a_session_without_money_does_not_go_on(town: Town, begun: object) -> None:
    started = begun(town)  # type: ignore[operator]
    session = started.session if isinstance(started, Pair) else started[1]

    refunded(town)

    assert now(town, session).status is SessionStatus.REFUNDED
    assert processor(town) == Money(0)
    assert issues(town) == [IssueKind.REFUND_AT_PROVIDER]


@pytest.mark.parametrize("begun", [matched, live])
def test_everybody_is_told_once_that_a_refund_ended_the_session(
    town: Town, begun: Callable[[Town], Pair]
) -> None:
    admin = an_admin(town.ports)
    pair = begun(town)

    refunded(town)
    hear(town)

    share = "your share was reduced by $40.00 CAD to $0.00 CAD"
    assert told(town, pair.mechanic.account_id) == [f"Session ended by a refund: {share}"]
    (to_mechanic,) = mailed(town, pair.mechanic.account_id)
    assert "Your share was reduced by $40.00 CAD to $0.00 CAD." in to_mechanic
    title = "We refunded $49.99 CAD and ended your session"
    assert told(town, pair.customer.account_id) == [title]
    (to_customer,) = mailed(town, pair.customer.account_id)
    assert "$49.99 CAD was refunded to the card you paid with." in to_customer
    assert told(town, admin.account_id) == ["A payment was refunded in Stripe"]
    assert len(mailed(town, admin.account_id)) == 1


def test_a_part_of_it_is_told_with_the_share_that_is_left(town: Town) -> None:
    admin = an_admin(town.ports)
    pair = live(town)

    refunded(town, Money(999))

    share = "your share was reduced by $8.00 CAD to $32.00 CAD"
    assert told(town, pair.mechanic.account_id) == [f"A customer got money back: {share}"]
    assert len(mailed(town, pair.mechanic.account_id)) == 1
    (to_customer,) = mailed(town, pair.customer.account_id)
    assert "$9.99 CAD was refunded" in to_customer
    assert "ended" not in to_customer
    assert told(town, admin.account_id) == ["A payment was refunded in Stripe"]


def test_the_timeline_says_that_the_refund_ended_it(town: Town) -> None:
    pair = live(town)

    refunded(town)

    with town.kept(SYSTEM) as tx:
        ends = [each.event for each in tx.outbox.of_session(pair.session.id)]
    causes = [each.cause for each in ends if isinstance(each, SessionCancelled)]
    assert causes == [Cause.REFUNDED_AT_PROVIDER]


def test_a_lost_dispute_is_told_to_those_who_earn_less(town: Town) -> None:
    pair = completed(town)
    (charge,) = town.bank.charges
    dispute = town.bank.open_dispute(charge)
    hear(town)

    town.bank.close_dispute(dispute, DisputeOutcome.LOST)
    hear(town)

    (title,) = told(town, pair.mechanic.account_id)
    assert title.endswith("your share was reduced by $40.00 CAD to $0.00 CAD")
    (text,) = mailed(town, pair.mechanic.account_id)
    assert "bank has decided a dispute" in text


def test_a_part_that_went_back_is_not_shared(town: Town) -> None:
    pair = live(town)
    refunded(town, Money(999))
    assert now(town, pair.session).status is SessionStatus.LIVE

    town.clock.advance(timedelta(minutes=5))
    end_session(town.ports, actor=pair.customer, session_id=pair.session.id)

    assert payable(town, pair) == Money(3200)
    assert issues(town) == [IssueKind.REFUND_AT_PROVIDER]


def test_what_was_held_for_the_mechanic_gets_less(town: Town) -> None:
    pair = completed(town)
    work(town)

    refunded(town, Money(999))

    with town.kept(SYSTEM) as tx:
        (transfer,) = tx.transfers.of_session(pair.session.id)
    assert (transfer.status, transfer.amount) == (MovementStatus.HELD, Money(3200))
    has_payout_account(town, pair.mechanic)
    hear(town)
    assert [each.order.amount for each in town.bank.transfers.values()] == [Money(3200)]


@pytest.mark.parametrize(("back", "left"), [(Money(999), 3200), (None, 0)])
def test_what_was_paid_out_is_taken_back_by_as_much(
    town: Town, back: Money | None, left: int
) -> None:
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    hear(town)

    refunded(town, back)

    (transfer,) = town.bank.transfers.values()
    assert transfer.left_minor == left
    assert payable(town, pair) == Money(0)
    assert now(town, pair.session).status is SessionStatus.COMPLETED
    less = f"${(4000 - left) / 100:.2f} CAD"
    share = f"your share was reduced by {less} to ${left / 100:.2f} CAD"
    assert told(town, pair.mechanic.account_id) == [f"A customer got money back: {share}"]


def test_a_refund_made_at_the_provider_stands_for_ours(town: Town) -> None:
    customer, session = waiting(town)
    town.bank.go_down(Outage.UNREACHABLE)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    town.bank.come_back()
    (charge,) = town.bank.charges
    town.bank.refund_at_provider(charge)

    work(town)
    later(town)

    assert [each.amount for each in town.bank.refunds.values()] == [PRICE]
    assert now(town, session).status is SessionStatus.REFUNDED
    assert session.checkout_id is not None
    with town.kept(SYSTEM) as tx:
        found = [each.status for each in tx.refunds.of_checkout(session.checkout_id)]
    assert found == [MovementStatus.VOID, MovementStatus.DONE]
    assert processor(town) == Money(0)


def test_the_rest_of_ours_is_refunded_after_a_part_was_at_the_provider(town: Town) -> None:
    customer, session = waiting(town)
    (charge,) = town.bank.charges
    town.bank.refund_at_provider(charge, Money(1000))
    cancel_session(town.ports, actor=customer, session_id=session.id)

    work(town)
    later(town)

    assert [each.amount for each in town.bank.refunds.values()] == [Money(1000), Money(3999)]
    assert now(town, session).status is SessionStatus.REFUNDED
    assert processor(town) == Money(0)


def test_a_refund_that_was_heard_of_first_leaves_only_the_rest_to_give_back(town: Town) -> None:
    customer, session = waiting(town)
    refunded(town, Money(1000))

    cancel_session(town.ports, actor=customer, session_id=session.id)
    work(town)

    assert [each.amount for each in town.bank.refunds.values()] == [Money(1000), Money(3999)]
    assert now(town, session).status is SessionStatus.REFUNDED


def test_a_refund_that_came_back_is_given_back_with_the_rest(town: Town) -> None:
    customer, session = waiting(town)
    refunded(town, Money(2500))
    (first,) = town.bank.refunds
    town.bank.fail_refund(first)
    hear(town)

    cancel_session(town.ports, actor=customer, session_id=session.id)
    work(town)

    (charge,) = town.bank.charges.values()
    assert charge.refunded_minor == PRICE.minor
    assert processor(town) == Money(0)


def test_ours_are_not_taken_for_somebody_elses(town: Town) -> None:
    customer, session = waiting(town)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    work(town)

    hear(town)

    assert issues(town) == []
    assert len(town.bank.refunds) == 1


def test_money_that_never_became_a_session_goes_back_once(town: Town) -> None:
    """Two pages were paid, the second for nothing; somebody is faster than our refund of it."""
    customer = a_customer(town.ports)
    pages = [open_page(town, customer, a_booking(town.ports, customer)) for _ in range(2)]
    for page in pages:
        town.bank.pay(page)
        resolve(town.ports, provider_id=page)
    second = town.bank.checkouts[pages[1]].charge_id
    assert second is not None

    town.bank.refund_at_provider(second)
    hear(town)
    later(town)

    assert [each.amount for each in town.bank.refunds.values()] == [PRICE]
    assert processor(town) == PRICE


def test_a_transfer_taken_back_at_the_provider_is_owed_to_its_payee_again(town: Town) -> None:
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    hear(town)
    (transfer,) = town.bank.transfers

    town.bank.reverse_at_provider(transfer, Money(1000))
    hear(town)

    assert payable(town, pair) == Money(1000)
    assert issues(town) == [IssueKind.REVERSAL_AT_PROVIDER]


def test_a_reversal_made_at_the_provider_stands_for_ours(town: Town) -> None:
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    hear(town)
    (transfer,) = town.bank.transfers
    town.bank.reverse_at_provider(transfer, Money(4000))

    refunded(town)
    later(town)

    assert payable(town, pair) == Money(0)
    assert town.bank.transfers[transfer].left_minor == 0
    with town.kept(SYSTEM) as tx:
        assert tx.outbox.due(at=town.clock.now() + timedelta(days=1), most=9) == ()


def test_what_cannot_be_taken_back_is_owed_to_us(town: Town) -> None:
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    hear(town)
    (account,) = town.bank.accounts
    town.bank.finish_payout(town.bank.pay_out(account, Money(4000)))

    refunded(town)

    assert payable(town, pair) == Money(-4000)
    assert IssueKind.REVERSAL_FAILED in issues(town)


def test_mechanics_are_offered_their_share_of_what_is_left(town: Town) -> None:
    customer, _ = waiting(town)
    mechanic = a_mechanic(town.ports)
    assert [each.pays for each in queue(town.ports, actor=mechanic).offers] == [Money(4000)]

    refunded(town, Money(2000))

    assert [each.pays for each in queue(town.ports, actor=mechanic).offers] == [Money(2400)]
    assert town.ports.queries.revenue.spent_by(customer.customer_id) == Money(2999)
