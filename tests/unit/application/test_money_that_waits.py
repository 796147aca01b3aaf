"""Money that is not where it will be yet, and steps that come again: nothing is done twice, and
nothing is decided too early."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.adapters.memory.payment_records import MemoryPaymentRecords
from autodoctor.adapters.memory.payments import MemoryPayments
from autodoctor.application.access.may import WrongRole
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.booking.review import free_sessions_left
from autodoctor.application.payments.calls import make_refund
from autodoctor.application.payments.errands import NotReadyYet
from autodoctor.application.payments.fulfilment import fulfil, record_state, resolve
from autodoctor.application.payments.resolving import close, closed_issues, open_issues, settle
from autodoctor.application.payments.settlement import settle as settle_end
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.events import RefundFailed
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome, NoticeKind, ProviderIds
from autodoctor.ports.payment_refusals import No, PaymentRefused, PaymentsUnavailable
from autodoctor.ports.payments import CheckoutState, ProviderRefund
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import (
    Town,
    a_booking,
    a_customer,
    a_mechanic,
    a_paid_page,
    a_paid_session,
    an_admin,
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
    payable,
    refunds_of,
    transfers_of,
)
from support.towns import request_of

PRICE = Money(4999)


def test_a_page_that_is_still_open_changes_nothing(town: Town) -> None:
    customer = a_customer(town.ports)
    page = open_page(town, customer, a_booking(town.ports, customer))
    with town.kept(SYSTEM) as tx:
        before = tx.checkouts.by_provider(page)

    assert resolve(town.ports, provider_id=page) == before

    assert before is not None
    assert before.status is CheckoutStatus.OPEN
    assert balance(town, Account.processor()) == Money(0)


class _OfOthers(MemoryPayments):
    """A page that somebody else opened with our key: it carries no id of ours."""

    def find_checkout(self, provider_id: str, /) -> CheckoutState:
        return attrs.evolve(super().find_checkout(provider_id), checkout_id=None)


def test_a_paid_page_that_is_not_ours_opens_nothing(town: Town) -> None:
    customer = a_customer(town.ports)
    page = a_paid_page(town, customer)
    ports = attrs.evolve(town.ports, payments=_OfOthers(town.bank))

    with pytest.raises(Missing):
        resolve(ports, provider_id=page)

    with town.kept(SYSTEM) as tx:
        assert tx.sessions.of_customer(customer.customer_id) == ()
    assert balance(town, Account.processor()) == Money(0)


def test_a_refund_at_the_provider_waits_until_its_money_has_found_its_place(town: Town) -> None:
    page = a_paid_page(town, a_customer(town.ports))
    paid = record_state(town.ports, town.ports.payments.find_checkout(page))
    charge = charge_of(town, paid.id)
    town.bank.refund_at_provider(charge)

    with pytest.raises(NotReadyYet):
        news(town, NoticeKind.CHARGE_REFUNDED, ProviderIds(charge=charge))
    assert refunds_of(town, paid.id) == []

    fulfil(town.ports, checkout_id=paid.id)
    news(town, NoticeKind.CHARGE_REFUNDED, ProviderIds(charge=charge))
    assert [each.amount for each in refunds_of(town, paid.id)] == [PRICE]
    assert balance(town, Account.processor()) == Money(0)


def cancelled(town: Town) -> Session:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    return session


def test_a_refund_at_the_provider_waits_for_the_answer_to_ours(town: Town) -> None:
    session = cancelled(town)
    (due,) = refunds_of(town, paid_by(session))
    town.bank.go_down()
    with pytest.raises(PaymentsUnavailable):
        make_refund(town.ports, due.id)
    town.bank.come_back()
    charge = charge_of(town, paid_by(session))
    town.bank.refund_at_provider(charge, Money(1000))

    with pytest.raises(NotReadyYet):
        news(town, NoticeKind.CHARGE_REFUNDED, ProviderIds(charge=charge))
    assert [each.status for each in refunds_of(town, paid_by(session))] == [MovementStatus.DUE]

    make_refund(town.ports, due.id)
    work(town)
    assert [(each.status, each.amount) for each in refunds_of(town, paid_by(session))] == [
        (MovementStatus.VOID, PRICE),
        (MovementStatus.DONE, Money(1000)),
        (MovementStatus.DONE, Money(3999)),
    ]
    assert balance(town, Account.processor()) == Money(0)


class _Closed(MemoryPaymentRecords):
    """The provider does not tell us what it has on record."""

    def refunds_of(self, payment_id: str, /) -> tuple[ProviderRefund, ...]:
        raise PaymentRefused(No.OTHER, "not_allowed")


def test_a_refund_has_not_failed_while_nobody_knows_whether_others_made_it(town: Town) -> None:
    session = cancelled(town)
    (due,) = refunds_of(town, paid_by(session))
    town.bank.refund_at_provider(charge_of(town, paid_by(session)))
    blind = attrs.evolve(town.ports, payment_records=_Closed(town.bank))

    with pytest.raises(PaymentRefused):
        make_refund(blind, due.id)
    assert [each.status for each in refunds_of(town, paid_by(session))] == [MovementStatus.DUE]
    assert issues(town) == []

    make_refund(town.ports, due.id)
    found = [each.status for each in refunds_of(town, paid_by(session))]
    assert found == [MovementStatus.VOID, MovementStatus.DONE]
    assert len(town.bank.refunds) == 1


def test_a_refund_beyond_what_was_owed_is_owed_to_nobody_when_it_comes_back(town: Town) -> None:
    """The customer was paid past the provider; then somebody refunds all of it there, too, and
    that refund comes back: our loss is none any more, and the customer has what is theirs."""
    admin = an_admin(town.ports)
    session = cancelled(town)
    work(town)
    (first,) = town.bank.refunds
    town.bank.fail_refund(first)
    hear(town)
    (issue,) = open_issues(town.ports, actor=admin)
    settle(town.ports, actor=admin, issue_id=issue.id, note="By cheque.")
    second = town.bank.refund_at_provider(charge_of(town, paid_by(session)))
    hear(town)
    assert balance(town, Account.losses()) == PRICE

    town.bank.fail_refund(second)
    hear(town)

    assert balance(town, Account.losses()) == Money(0)
    assert owed(town, session) == Money(0)
    assert happened(town, RefundFailed) == 1, "the first one only"
    assert [kind for kind, _ in issues(town)] == [IssueKind.REFUND_AT_PROVIDER]


def test_staff_see_what_is_open_and_what_was_dealt_with(town: Town) -> None:
    admin, customer = an_admin(town.ports), a_customer(town.ports)
    session = a_paid_session(town, customer)
    town.bank.refund_at_provider(charge_of(town, paid_by(session)))
    hear(town)
    (issue,) = open_issues(town.ports, actor=admin)

    close(town.ports, actor=admin, issue_id=issue.id, note="Agreed on the phone.")

    assert open_issues(town.ports, actor=admin) == ()
    assert [each.id for each in closed_issues(town.ports, actor=admin)] == [issue.id]
    for look in (open_issues, closed_issues):
        with pytest.raises(WrongRole):
            look(town.ports, actor=customer)


def test_what_is_kept_of_a_session_is_shared_once_though_a_dispute_is_won_later(
    town: Town,
) -> None:
    """Half of an appointment that was called off three hours before goes back."""
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    at = town.clock.now() + timedelta(hours=5)
    page = open_page(town, customer, a_booking(town.ports, customer, scheduled_for=at))
    town.bank.pay(page)
    paid = resolve(town.ports, provider_id=page)
    with town.kept(SYSTEM) as tx:
        session = tx.sessions.of_checkout(paid.id)
    assert session is not None
    accept(town.ports, actor=mechanic, request_id=request_of(town, session).id)
    town.clock.advance(timedelta(hours=2))
    cancel_session(town.ports, actor=customer, session_id=session.id)
    work(town)
    before = transfers_of(town, session)
    assert [each.amount for each in before] == [payable(town, mechanic)] == [Money(2000)]

    dispute = town.bank.open_dispute(charge_of(town, paid.id))
    hear(town)
    town.bank.close_dispute(dispute, DisputeOutcome.WON)
    hear(town)

    assert transfers_of(town, session) == before
    assert [each.amount for each in town.bank.refunds.values()] == [Money(2500)]
    assert payable(town, mechanic) == Money(2000)
    assert balance(town, Account.processor()) == Money(2499)


def test_a_free_session_is_given_back_once(town: Town) -> None:
    customer = a_customer(town.ports)
    booked = a_booking(town.ports, customer, plan="free")
    following = check_out(town.ports, actor=customer, intake_id=booked.id)
    assert following.session_id is not None
    assert free_sessions_left(town.ports, actor=customer) == 0
    ended = cancel_session(town.ports, actor=customer, session_id=following.session_id)
    assert free_sessions_left(town.ports, actor=customer) == 1

    with town.kept(SYSTEM) as tx:
        told = tuple(each.event for each in tx.outbox.of_session(ended.id))
        settle_end(town.ports, tx, ended, told, at=town.clock.now())

    assert free_sessions_left(town.ports, actor=customer) == 1
