"""What a provider tells by itself, and how it is signed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from autodoctor.domain.shared.ids import (
    AccountId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import (
    DisputeOutcome,
    NoticeKind,
)
from autodoctor.ports.payment_refusals import (
    SignatureInvalid,
)
from autodoctor.ports.payments import (
    RefundStatus,
)

from .provider import (
    PRICE,
    Provider,
    a_paid_checkout,
    a_refund,
    a_reversal,
    a_transfer,
    an_account,
    an_order,
    notices,
    now,
)


def test_a_payment_is_told_of_with_our_ids_and_its_amount(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)

    completed = [
        notice
        for notice in notices(provider, NoticeKind.CHECKOUT_COMPLETED)
        if notice.ours.checkout == order.checkout_id
    ]
    succeeded = [
        notice
        for notice in notices(provider, NoticeKind.PAYMENT_SUCCEEDED)
        if notice.ours.checkout == order.checkout_id
    ]

    (checkout,), (payment,) = completed, succeeded
    assert (checkout.paid, checkout.amount) == (True, PRICE)
    assert checkout.provider.checkout == paid.provider_id
    assert checkout.provider.payment == payment.provider.payment == paid.payment_id
    assert (payment.paid, payment.amount) == (True, PRICE)
    assert payment.provider.charge == paid.charge_id


def test_a_declined_card_is_told_of(provider: Provider) -> None:
    order = an_order()
    opened = provider.payments.open_checkout(order)

    provider.decline(opened.provider_id)

    told = notices(provider, NoticeKind.PAYMENT_FAILED)[-1]
    assert told.ours.checkout == order.checkout_id
    assert not told.paid


def test_an_expired_checkout_is_told_of(provider: Provider) -> None:
    order = an_order()
    opened = provider.payments.open_checkout(order)

    provider.payments.expire_checkout(opened.provider_id)

    told = notices(provider, NoticeKind.CHECKOUT_EXPIRED)[-1]
    assert told.ours.checkout == order.checkout_id
    assert told.provider.checkout == opened.provider_id


def test_refunds_are_told_of_with_all_that_went_back_so_far(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)

    provider.payments.refund(a_refund(paid, 1000))
    provider.payments.refund(a_refund(paid, 500))

    told = notices(provider, NoticeKind.CHARGE_REFUNDED)[-2:]
    assert [notice.amount for notice in told] == [Money(1000), Money(1500)]
    assert {notice.ours.checkout for notice in told} == {order.checkout_id}
    assert {notice.provider.charge for notice in told} == {paid.charge_id}


def test_a_failed_refund_is_told_of_with_our_id(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    order = a_refund(paid, 1000)
    made = provider.payments.refund(order)

    provider.fail_refund(made.id)

    told = notices(provider, NoticeKind.REFUND_FAILED)[-1]
    assert told.ours.refund == order.refund_id
    assert told.provider.refund == made.id
    assert (told.refund_status, told.amount) == (RefundStatus.FAILED, Money(1000))


def test_a_transfer_and_its_reversal_are_told_of(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    transfer = a_transfer(order, paid, an_account(provider), 3600)

    made = provider.payments.transfer(transfer)
    provider.payments.reverse_transfer(a_reversal(made.id, 600))

    created = notices(provider, NoticeKind.TRANSFER_CREATED)[-1]
    reversed_ = notices(provider, NoticeKind.TRANSFER_REVERSED)[-1]
    assert created.ours.transfer == reversed_.ours.transfer == transfer.transfer_id
    assert created.provider.transfer == reversed_.provider.transfer == made.id
    assert (created.amount, reversed_.amount) == (Money(3600), Money(600))


@pytest.mark.parametrize("outcome", list(DisputeOutcome))
def test_a_dispute_is_told_of_by_its_charge_and_outcome(
    provider: Provider, outcome: DisputeOutcome
) -> None:
    _, paid = a_paid_checkout(provider)
    assert paid.charge_id

    dispute = provider.open_dispute(paid.charge_id)
    provider.close_dispute(dispute, outcome)

    opened = notices(provider, NoticeKind.DISPUTE_OPENED)[-1]
    closed = notices(provider, NoticeKind.DISPUTE_CLOSED)[-1]
    assert opened.provider.dispute == closed.provider.dispute == dispute
    assert opened.provider.charge == closed.provider.charge == paid.charge_id
    assert opened.provider.payment == closed.provider.payment == paid.payment_id
    assert (opened.amount, opened.outcome) == (PRICE, None)
    assert closed.outcome is outcome


def test_an_account_that_becomes_ready_is_told_of(provider: Provider) -> None:
    account_id = AccountId(uuid4())
    account = provider.accounts.create(
        account_id=account_id, email="mechanic@example.ca", country="CA"
    )

    provider.finish_onboarding(account)

    told = notices(provider, NoticeKind.ACCOUNT_UPDATED)[-1]
    assert told.provider.account == account
    assert told.ours.account == account_id


def test_a_notice_with_a_changed_body_is_refused(provider: Provider) -> None:
    a_paid_checkout(provider)
    delivery = provider.deliveries()[-1]

    with pytest.raises(SignatureInvalid):
        provider.notices.parse(delivery.payload + b" ", delivery.signature, now())


@pytest.mark.parametrize("forged", ["", "t=1,v1=abc", "nonsense", "v1=abc", "t=x,v1=y"])
def test_a_notice_with_a_forged_signature_is_refused(provider: Provider, forged: str) -> None:
    a_paid_checkout(provider)
    delivery = provider.deliveries()[-1]

    with pytest.raises(SignatureInvalid):
        provider.notices.parse(delivery.payload, forged, now())


def test_a_notice_is_good_for_five_minutes(provider: Provider) -> None:
    a_paid_checkout(provider)
    delivery = provider.deliveries()[-1]

    in_time = provider.notices.parse(
        delivery.payload, delivery.signature, now() + timedelta(minutes=4)
    )
    with pytest.raises(SignatureInvalid):
        provider.notices.parse(delivery.payload, delivery.signature, now() + timedelta(minutes=6))

    assert in_time.kind is NoticeKind.CHECKOUT_COMPLETED
