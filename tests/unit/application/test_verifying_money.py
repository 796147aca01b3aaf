"""Comparing sessions, ledger and the provider: what agrees is silent, what differs is named."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.application.operations.due import run_timers, schedule_nights
from autodoctor.application.payments.verifying import ANSWERED_WITHIN, verify_money
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.revenue.money_check import DifferenceKind
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import TransferId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_refusals import PaymentsUnavailable
from autodoctor.testing.ports import Town, a_customer, a_paid_page, a_paid_session
from autodoctor.testing.town import has_payout_account, hear_everything, work
from support.towns import completed, now


def found(town: Town) -> list[DifferenceKind]:
    return [each.kind for each in verify_money(town.ports).differences]


def paid_out(town: Town) -> None:
    """A completed session whose mechanic was paid."""
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    hear_everything(town)
    work(town)


def test_what_agrees_is_silent_and_kept(town: Town) -> None:
    paid_out(town)
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)

    check = verify_money(town.ports)

    assert (check.checked, check.under_way, check.differences) == (2, 0, ())
    assert town.ports.queries.money.last_check() == check


def test_a_call_without_an_answer_is_under_way(town: Town) -> None:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    town.bank.lose_next_answer()
    work(town)

    check = verify_money(town.ports)

    assert (check.checked, check.under_way, check.differences) == (1, 1, ())


def test_a_call_without_an_answer_for_a_day_is_a_difference(town: Town) -> None:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    town.bank.lose_next_answer()
    work(town)

    town.clock.advance(ANSWERED_WITHIN - timedelta(seconds=1))
    assert found(town) == []
    town.clock.advance(timedelta(seconds=1))

    assert found(town) == [DifferenceKind.OVERDUE]


def test_a_payment_of_which_we_have_just_not_heard_is_no_difference_yet(town: Town) -> None:
    a_paid_page(town, a_customer(town.ports))
    assert found(town) == []

    town.clock.advance(timedelta(hours=3))

    assert found(town) == [DifferenceKind.CHARGE_UNKNOWN]


def more_refunded(town: Town) -> None:
    (charge,) = town.bank.charges
    town.bank.refund_at_provider(charge, Money(1))


def transfer_taken_back(town: Town) -> None:
    (transfer,) = town.bank.transfers
    town.bank.reverse_at_provider(transfer, Money(1))


def payment_gone(town: Town) -> None:
    town.bank.charges.clear()


def strange_transfer(town: Town) -> None:
    (made,) = town.bank.transfers.values()
    order = attrs.evolve(made.order, transfer_id=TransferId(uuid4()), amount=Money(1))
    town.ports.payments.transfer(order)


def other_amount(town: Town) -> None:
    with town.kept(SYSTEM) as tx:
        (checkout_id,) = tx.checkouts.settled_after(None, most=9)
        checkout = tx.checkouts.get(checkout_id, lock=True)
        tx.checkouts.save(attrs.evolve(checkout, received=Money(5000)))


@pytest.mark.parametrize(
    ("wrong", "kinds"),
    [
        (more_refunded, {DifferenceKind.CASH_DIFFERS}),
        (transfer_taken_back, {DifferenceKind.CASH_DIFFERS}),
        (payment_gone, {DifferenceKind.CHARGE_MISSING}),
        (strange_transfer, {DifferenceKind.CASH_DIFFERS, DifferenceKind.TRANSFER_UNKNOWN}),
        (other_amount, {DifferenceKind.CHARGE_DIFFERS}),
    ],
)
def test_what_differs_is_named(
    town: Town, wrong: Callable[[Town], None], kinds: set[DifferenceKind]
) -> None:
    paid_out(town)

    wrong(town)

    assert set(found(town)) == kinds


def refunded(town: Town) -> Session:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    work(town)
    return now(town, session)


def status_lost(town: Town, session: Session) -> None:
    with town.kept(SYSTEM) as tx:
        tx.sessions.save(attrs.evolve(session, status=SessionStatus.CANCELLED))


def refund_lost(town: Town, session: Session) -> None:
    assert session.checkout_id is not None, "it was paid"
    with town.kept(SYSTEM) as tx:
        (refund,) = tx.refunds.of_checkout(session.checkout_id)
        tx.refunds.save(attrs.evolve(refund, status=MovementStatus.PENDING))


@pytest.mark.parametrize("lose", [status_lost, refund_lost])
def test_a_session_is_refunded_when_its_price_arrived_and_only_then(
    town: Town, lose: Callable[[Town, Session], None]
) -> None:
    session = refunded(town)
    assert (session.status, found(town)) == (SessionStatus.REFUNDED, [])

    lose(town, session)

    assert found(town) == [DifferenceKind.STATUS_DIFFERS]


def test_a_refund_that_comes_back_later_is_an_issue_and_no_difference(town: Town) -> None:
    refunded(town)
    (refund,) = town.bank.refunds
    town.bank.fail_refund(refund)
    hear_everything(town)
    work(town)

    assert found(town) == []


def test_nothing_is_kept_when_the_provider_cannot_be_asked(town: Town) -> None:
    paid_out(town)
    town.bank.go_down()

    with pytest.raises(PaymentsUnavailable):
        verify_money(town.ports)

    assert town.ports.queries.money.last_check() is None


def test_it_runs_every_night_by_itself(town: Town) -> None:
    schedule_nights(town.ports)
    checks = []

    for _ in range(2):
        town.clock.advance(timedelta(days=1))
        run_timers(town.ports)
        checks.append(town.ports.queries.money.last_check())

    assert None not in checks
    assert checks[0] != checks[1]
