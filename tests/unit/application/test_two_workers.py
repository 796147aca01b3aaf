"""Two workers at the same errand, and answers that come when it is no longer what they found."""

import pytest

from autodoctor.application.payments.calls import make_refund, make_transfer
from autodoctor.application.payments.errands import NotReadyYet
from autodoctor.application.payments.fulfilment import fulfil, record_state
from autodoctor.application.payments.issues import open_issue
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.revenue.events import MoneyIssueOpened, PaymentReturned, TransferDone
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CheckoutId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_refusals import PaymentsUnavailable
from autodoctor.testing.ports import Town, a_booking, a_customer, a_paid_session, open_page
from autodoctor.testing.town import work
from support.followed import (
    a_share_due,
    happened,
    interrupted,
    issues,
    overtaken,
    paid_by,
    payable,
    refunds_of,
    transfers_of,
)

PRICE = Money(4999)


def test_a_transfer_that_two_workers_make_is_made_and_told_once(town: Town) -> None:
    pair, due = a_share_due(town)
    other = overtaken(town, lambda: make_transfer(town.ports, due.id))

    make_transfer(other, due.id)

    (made,) = town.bank.transfers.values()
    (transfer,) = transfers_of(town, pair.session)
    assert (transfer.status, transfer.provider_id) == (MovementStatus.DONE, made.id)
    assert happened(town, TransferDone) == 1
    assert payable(town, pair.mechanic) == Money(0)


def test_a_transfer_that_two_workers_are_refused_fails_once(town: Town) -> None:
    pair, due = a_share_due(town)
    town.bank.accounts.clear()
    other = overtaken(town, lambda: make_transfer(town.ports, due.id))

    make_transfer(other, due.id)

    assert [each.status for each in transfers_of(town, pair.session)] == [MovementStatus.FAILED]
    assert issues(town) == [(IssueKind.TRANSFER_FAILED, Money(4000))]
    assert payable(town, pair.mechanic) == Money(4000)


def test_a_refusal_of_an_earlier_attempt_says_nothing_of_the_one_under_way(town: Town) -> None:
    """The first attempt's refusal is known, another attempt has been called and its answer is
    lost, and only then a second worker comes back with the first attempt's refusal."""
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    (due,) = refunds_of(town, paid_by(session))
    (charge,) = town.bank.charges.values()
    charge.disputed = True

    def meanwhile() -> None:
        with pytest.raises(NotReadyYet):
            make_refund(town.ports, due.id)
        charge.disputed = False
        town.bank.lose_next_answer()
        with pytest.raises(PaymentsUnavailable):
            make_refund(town.ports, due.id)
        assert len(town.bank.refunds) == 1, "the second attempt has worked, and nobody knows"

    with pytest.raises(NotReadyYet):
        make_refund(overtaken(town, meanwhile), due.id)

    (under_way,) = refunds_of(town, paid_by(session))
    assert (under_way.attempt, under_way.tried_at) == (2, town.clock.now())
    make_refund(town.ports, due.id)
    assert [each.amount for each in town.bank.refunds.values()] == [PRICE]
    assert [each.status for each in refunds_of(town, paid_by(session))] == [MovementStatus.DONE]
    assert issues(town) == []


def test_a_transfer_that_is_tried_again_meanwhile_has_not_failed(town: Town) -> None:
    """Between the note of a refusal and what follows from it another attempt begins."""
    pair, due = a_share_due(town)
    (account,) = town.bank.accounts
    town.bank.set_ready(account, ready=False)

    def meanwhile() -> None:
        town.bank.set_ready(account)
        make_transfer(town.ports, due.id)

    make_transfer(interrupted(town, 3, meanwhile), due.id)

    assert [each.status for each in transfers_of(town, pair.session)] == [MovementStatus.DONE]
    assert [each.order.amount for each in town.bank.transfers.values()] == [Money(4000)]
    assert payable(town, pair.mechanic) == Money(0)


def test_a_payment_that_lost_its_race_is_returned_once(town: Town) -> None:
    """Two workers find at once that the customer has another session already."""
    customer = a_customer(town.ports)
    pages = [open_page(town, customer, a_booking(town.ports, customer)) for _ in range(2)]
    first, second = (_paid(town, page) for page in pages)
    fulfil(town.ports, checkout_id=first)
    other = interrupted(town, 2, lambda: fulfil(town.ports, checkout_id=second))

    returned = fulfil(other, checkout_id=second)

    assert returned.status is CheckoutStatus.RETURNED
    assert happened(town, PaymentReturned) == 1
    work(town)
    assert [each.amount for each in town.bank.refunds.values()] == [PRICE]


def _paid(town: Town, page: str) -> CheckoutId:
    town.bank.pay(page)
    return record_state(town.ports, town.ports.payments.find_checkout(page)).id


def test_staff_are_told_of_an_issue_once(town: Town) -> None:
    _, due = a_share_due(town)

    for amount in (Money(1), Money(2)):
        with town.kept(SYSTEM) as tx:
            open_issue(
                town.ports,
                tx,
                IssueKind.TRANSFER_FAILED,
                due.id,
                amount=amount,
                session_id=due.session_id,
                at=town.clock.now(),
            )

    assert issues(town) == [(IssueKind.TRANSFER_FAILED, Money(1))]
    assert happened(town, MoneyIssueOpened) == 1
