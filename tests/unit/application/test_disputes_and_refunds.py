"""What disputes mean for refunds: they wait for the bank, and are made, or not, as it decides."""

from datetime import timedelta

import pytest

from autodoctor.application.payments.calls import HEARD_WITHIN, make_refund
from autodoctor.application.payments.errands import NotReadyYet
from autodoctor.application.payments.fulfilment import fulfil, record_state, resolve
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.events import DisputeClosed, DisputeOpened, RefundDone
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import CheckoutId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome, NoticeKind, ProviderIds
from autodoctor.ports.payment_refusals import PaymentsUnavailable
from autodoctor.testing.ports import (
    Town,
    a_booking,
    a_customer,
    a_paid_page,
    a_paid_session,
    open_page,
)
from autodoctor.testing.town import work
from support.followed import (
    balance,
    charge_of,
    happened,
    hear,
    issues,
    news,
    owed,
    paid_by,
    refunds_of,
)
from support.towns import now

PRICE = Money(4999)
LATER = timedelta(minutes=10)


def cancelled(town: Town) -> Session:
    """Its refund is due, and nobody has asked the bank for it."""
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    return session


def opened(town: Town, session: Session, dispute: str, amount: Money = PRICE) -> None:
    charge = charge_of(town, paid_by(session))
    town.bank.charges[charge].disputed = True
    on_record(town, charge, dispute, amount)
    told = ProviderIds(charge=charge, dispute=dispute)
    news(town, NoticeKind.DISPUTE_OPENED, told, amount=amount)


def on_record(town: Town, charge: str, dispute: str, amount: Money) -> None:
    """What the provider answers when it is asked."""
    town.bank.disputes[dispute] = town.bank.charges[charge]
    town.bank.disputed_amounts[dispute] = amount


def closed(town: Town, dispute: str, outcome: DisputeOutcome) -> None:
    town.bank.outcomes[dispute] = outcome
    news(town, NoticeKind.DISPUTE_CLOSED, ProviderIds(dispute=dispute), outcome=outcome)


def statuses(town: Town, session: Session) -> list[MovementStatus]:
    return [each.status for each in refunds_of(town, paid_by(session))]


def later(town: Town) -> None:
    town.clock.advance(LATER)
    work(town)


def test_a_refund_refused_for_a_dispute_waits_until_we_hear_of_it(town: Town) -> None:
    session = cancelled(town)
    dispute = town.bank.open_dispute(charge_of(town, paid_by(session)))
    (due,) = refunds_of(town, paid_by(session))

    with pytest.raises(NotReadyYet):
        make_refund(town.ports, due.id)
    assert (statuses(town, session), issues(town)) == ([MovementStatus.DUE], [])

    hear(town)
    later(town)
    assert (statuses(town, session), issues(town)) == ([MovementStatus.HELD], [])

    town.bank.close_dispute(dispute, DisputeOutcome.WON)
    hear(town)
    assert statuses(town, session) == [MovementStatus.DONE]
    assert [each.amount for each in town.bank.refunds.values()] == [PRICE]
    assert happened(town, RefundDone) == 1
    assert now(town, session).status is SessionStatus.REFUNDED


def test_a_refund_refused_for_a_dispute_nobody_hears_of_has_failed(town: Town) -> None:
    session = cancelled(town)
    town.bank.open_dispute(charge_of(town, paid_by(session)))
    (due,) = refunds_of(town, paid_by(session))

    town.clock.advance(HEARD_WITHIN - timedelta(seconds=1))
    with pytest.raises(NotReadyYet):
        make_refund(town.ports, due.id)
    town.clock.advance(timedelta(seconds=1))
    make_refund(town.ports, due.id)

    assert statuses(town, session) == [MovementStatus.FAILED]
    assert owed(town, session) == PRICE
    assert issues(town) == [(IssueKind.REFUND_FAILED, PRICE)]


def test_a_refund_still_refused_after_the_bank_has_decided_for_us_has_failed(town: Town) -> None:
    session = cancelled(town)
    opened(town, session, "one", PRICE)
    work(town)
    assert statuses(town, session) == [MovementStatus.HELD]

    town.bank.charges[charge_of(town, paid_by(session))].disputed = True
    closed(town, "one", DisputeOutcome.WON)
    later(town)

    assert statuses(town, session) == [MovementStatus.FAILED]
    assert issues(town) == [(IssueKind.REFUND_FAILED, PRICE)]


def test_a_refund_waits_for_the_last_of_several_disputes(town: Town) -> None:
    session = cancelled(town)
    opened(town, session, "first", Money(2000))
    opened(town, session, "second", Money(2999))
    work(town)

    closed(town, "first", DisputeOutcome.WON)
    later(town)
    assert statuses(town, session) == [MovementStatus.HELD]

    town.bank.charges[charge_of(town, paid_by(session))].disputed = False
    closed(town, "second", DisputeOutcome.WON)
    later(town)
    assert statuses(town, session) == [MovementStatus.DONE]
    assert balance(town, Account.processor()) == Money(0)


def test_what_the_bank_has_left_is_owed_when_the_provider_refunds_it_no_more(town: Town) -> None:
    """A part was lost to a dispute; of the rest the provider refunds nothing, either."""
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    opened(town, session, "one", Money(1000))
    closed(town, "one", DisputeOutcome.LOST)

    cancel_session(town.ports, actor=customer, session_id=session.id)
    work(town)

    assert statuses(town, session) == [MovementStatus.FAILED]
    assert owed(town, session) == Money(3999)
    assert issues(town) == [(IssueKind.REFUND_FAILED, Money(3999))]
    assert len(town.bank.refunds) == 0


def test_a_lost_dispute_leaves_alone_what_had_arrived(town: Town) -> None:
    session = a_paid_session(town, a_customer(town.ports))
    charge = charge_of(town, paid_by(session))
    town.bank.refund_at_provider(charge, Money(1000))
    hear(town)

    town.bank.close_dispute(town.bank.open_dispute(charge), DisputeOutcome.LOST)
    hear(town)

    assert statuses(town, session) == [MovementStatus.DONE]
    assert balance(town, Account.processor()) == Money(0)
    assert balance(town, Account.losses()) == Money(0)


def test_a_dispute_is_not_lost_while_a_refund_may_have_been_made(town: Town) -> None:
    session = cancelled(town)
    (due,) = refunds_of(town, paid_by(session))
    town.bank.lose_next_answer()
    with pytest.raises(PaymentsUnavailable):
        make_refund(town.ports, due.id)
    opened(town, session, "one")

    with pytest.raises(NotReadyYet):
        closed(town, "one", DisputeOutcome.LOST)
    assert statuses(town, session) == [MovementStatus.DUE]
    assert town.ports.queries.revenue.disputes_open() == 1

    make_refund(town.ports, due.id)
    closed(town, "one", DisputeOutcome.LOST)
    assert statuses(town, session) == [MovementStatus.DONE]
    assert town.ports.queries.revenue.disputes_open() == 0
    assert balance(town, Account.losses()) == PRICE, "refunded, and taken by the bank as well"


def test_a_dispute_told_twice_is_one(town: Town) -> None:
    session = a_paid_session(town, a_customer(town.ports))

    for _ in range(2):
        opened(town, session, "one")
    assert balance(town, Account.disputed(session.id)) == PRICE
    for outcome in (DisputeOutcome.WON, DisputeOutcome.LOST):
        closed(town, "one", outcome)

    assert balance(town, Account.disputed(session.id)) == Money(0)
    assert balance(town, Account.processor()) == PRICE, "what was decided first counts"
    assert (happened(town, DisputeOpened), happened(town, DisputeClosed)) == (1, 1)


def test_a_dispute_waits_until_its_money_has_found_its_place(town: Town) -> None:
    page = a_paid_page(town, a_customer(town.ports))
    paid = record_state(town.ports, town.ports.payments.find_checkout(page))
    told = ProviderIds(charge=charge_of(town, paid.id), dispute="one")
    on_record(town, charge_of(town, paid.id), "one", PRICE)

    with pytest.raises(NotReadyYet):
        news(town, NoticeKind.DISPUTE_OPENED, told, amount=PRICE)
    assert town.ports.queries.revenue.disputes_open() == 0

    fulfil(town.ports, checkout_id=paid.id)
    news(town, NoticeKind.DISPUTE_OPENED, told, amount=PRICE)
    assert town.ports.queries.revenue.disputes_open() == 1


def paid_for_nothing(town: Town) -> CheckoutId:
    """The second of two pages, paid though its customer has a session; its refund is due."""
    customer = a_customer(town.ports)
    pages = [open_page(town, customer, a_booking(town.ports, customer)) for _ in range(2)]
    for page in pages:
        town.bank.pay(page)
    return [resolve(town.ports, provider_id=page).id for page in pages][-1]


@pytest.mark.parametrize(
    ("outcome", "status", "refunded"),
    [
        (DisputeOutcome.WON, MovementStatus.DONE, [PRICE]),
        (DisputeOutcome.LOST, MovementStatus.VOID, []),
    ],
)
def test_money_without_a_session_goes_back_once_whatever_the_bank_decides(
    town: Town, outcome: DisputeOutcome, status: MovementStatus, refunded: list[Money]
) -> None:
    second = paid_for_nothing(town)
    dispute = town.bank.open_dispute(charge_of(town, second))
    hear(town)
    later(town)
    assert [each.status for each in refunds_of(town, second)] == [MovementStatus.HELD]

    town.bank.close_dispute(dispute, outcome)
    hear(town)

    assert [each.status for each in refunds_of(town, second)] == [status]
    assert [each.amount for each in town.bank.refunds.values()] == refunded
    assert balance(town, Account.processor()) == PRICE, "the session's own"
    assert balance(town, Account.losses()) == Money(0)
    assert issues(town) == []
