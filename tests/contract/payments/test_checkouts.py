"""Checkouts: opening, finding, expiring; and a provider that is down."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.domain.revenue.funds import AmountNotPositive
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_refusals import (
    CheckoutUnknown,
    No,
    PaymentRefused,
    PaymentsUnavailable,
)
from autodoctor.ports.payments import (
    CheckoutStatus,
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
    now,
    refusal_of,
)


def test_an_opened_checkout_waits_for_its_customer(provider: Provider) -> None:
    order = an_order()

    opened = provider.payments.open_checkout(order)

    state = provider.payments.find_checkout(opened.provider_id)
    assert state.checkout_id == order.checkout_id
    assert state.amount == PRICE
    assert (state.status, state.paid) == (CheckoutStatus.OPEN, False)
    assert (state.payment_id, state.charge_id) == (None, None)
    assert opened.url.startswith("http")


def test_opening_a_checkout_again_opens_no_second_one(provider: Provider) -> None:
    order = an_order()

    first = provider.payments.open_checkout(order)
    second = provider.payments.open_checkout(order)

    assert second == first


def test_an_id_cannot_open_a_checkout_of_another_amount(provider: Provider) -> None:
    order = an_order()
    provider.payments.open_checkout(order)

    with pytest.raises(PaymentRefused) as raised:
        provider.payments.open_checkout(attrs.evolve(order, amount=Money(999)))

    assert refusal_of(raised) is No.OTHER_ORDER_SAME_ID


@pytest.mark.parametrize("open_for", [timedelta(minutes=29), timedelta(hours=25)])
def test_a_checkout_stays_open_for_half_an_hour_to_a_day(
    provider: Provider, open_for: timedelta
) -> None:
    with pytest.raises(PaymentRefused):
        provider.payments.open_checkout(an_order(expires_at=now() + open_for))


@pytest.mark.parametrize("minor", [0, -1])
def test_money_to_move_is_more_than_nothing(minor: int) -> None:
    with pytest.raises(AmountNotPositive):
        an_order(amount=Money(minor))


def test_a_paid_checkout_knows_its_payment_and_its_charge(provider: Provider) -> None:
    _, state = a_paid_checkout(provider)

    assert (state.status, state.paid) == (CheckoutStatus.COMPLETE, True)
    assert state.payment_id
    assert state.charge_id


def test_a_declined_card_leaves_the_checkout_open_and_unpaid(provider: Provider) -> None:
    opened = provider.payments.open_checkout(an_order())

    provider.decline(opened.provider_id)

    state = provider.payments.find_checkout(opened.provider_id)
    assert (state.status, state.paid) == (CheckoutStatus.OPEN, False)
    assert state.charge_id is None


@pytest.mark.parametrize("provider_id", ["", "cs_test_unknown", "../accounts", "pi_1"])
def test_an_unknown_checkout_is_not_found(provider: Provider, provider_id: str) -> None:
    with pytest.raises(CheckoutUnknown):
        provider.payments.find_checkout(provider_id)
    with pytest.raises(CheckoutUnknown):
        provider.payments.expire_checkout(provider_id)


def test_expiring_a_checkout_twice_is_once(provider: Provider) -> None:
    opened = provider.payments.open_checkout(an_order())

    first = provider.payments.expire_checkout(opened.provider_id)
    second = provider.payments.expire_checkout(opened.provider_id)

    assert first.status is second.status is CheckoutStatus.EXPIRED
    assert not first.paid


def test_a_customer_who_was_faster_keeps_the_checkout_complete(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)

    state = provider.payments.expire_checkout(paid.provider_id)

    assert state == paid


def test_nothing_is_answered_while_the_provider_is_down(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    account = an_account(provider)
    provider.go_down()

    calls = (
        lambda: provider.payments.open_checkout(an_order()),
        lambda: provider.payments.find_checkout(paid.provider_id),
        lambda: provider.payments.expire_checkout(paid.provider_id),
        lambda: provider.payments.refund(a_refund(paid, 1)),
        lambda: provider.payments.transfer(a_transfer(order, paid, account, 1)),
        lambda: provider.payments.reverse_transfer(a_reversal("tr_1", 1)),
        lambda: provider.accounts.state(account),
    )
    for call in calls:
        with pytest.raises(PaymentsUnavailable):
            call()
    provider.come_back()

    assert provider.payments.find_checkout(paid.provider_id) == paid
