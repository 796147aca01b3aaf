"""Transfers to payout accounts, and their reversals."""

import attrs
import pytest

from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_refusals import (
    No,
    PaymentRefused,
)

from .provider import (
    PRICE,
    Provider,
    a_paid_checkout,
    a_reversal,
    a_transfer,
    an_account,
    refusal_of,
)


def test_a_charge_is_transferred_in_parts_but_never_beyond_it(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    mechanic, workshop = an_account(provider), an_account(provider)

    first = provider.payments.transfer(a_transfer(order, paid, mechanic, 3600))
    second = provider.payments.transfer(a_transfer(order, paid, workshop, 1399))
    with pytest.raises(PaymentRefused) as raised:
        provider.payments.transfer(a_transfer(order, paid, workshop, 1))

    assert first.id != second.id
    assert refusal_of(raised) is No.TOO_MUCH


def test_a_refused_attempt_stays_refused(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    account = an_account(provider, ready=False)
    transfer = a_transfer(order, paid, account, 3600)
    with pytest.raises(PaymentRefused):
        provider.payments.transfer(transfer)
    provider.finish_onboarding(account)

    with pytest.raises(PaymentRefused):
        provider.payments.transfer(transfer)


def test_a_transfer_is_made_once_however_often_it_is_ordered(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    transfer = a_transfer(order, paid, an_account(provider), 3600)

    made = provider.payments.transfer(transfer)
    repeated = provider.payments.transfer(transfer)
    provider.forget_keys()
    next_day = provider.payments.transfer(attrs.evolve(transfer, maybe_made=True))

    assert made == repeated == next_day


def test_a_transfer_that_was_never_made_is_made_after_looking(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    account = an_account(provider)
    other = provider.payments.transfer(a_transfer(order, paid, account, 1000))
    transfer = a_transfer(order, paid, account, 1000, maybe_made=True)

    made = provider.payments.transfer(transfer)

    assert made.id != other.id
    provider.forget_keys()
    assert provider.payments.transfer(transfer) == made


def test_a_reversal_that_was_never_made_is_made_after_looking(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    transfer = provider.payments.transfer(a_transfer(order, paid, an_account(provider), 3600))
    other = provider.payments.reverse_transfer(a_reversal(transfer.id, 1000))
    reversal = a_reversal(transfer.id, 1000, maybe_made=True)

    made = provider.payments.reverse_transfer(reversal)

    assert made.id != other.id
    provider.forget_keys()
    assert provider.payments.reverse_transfer(reversal) == made


def test_what_is_found_with_another_amount_is_refused(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    transfer = a_transfer(order, paid, an_account(provider), 3600)
    made = provider.payments.transfer(transfer)
    reversal = a_reversal(made.id, 1000)
    provider.payments.reverse_transfer(reversal)
    provider.forget_keys()

    other = {"amount": Money(500), "maybe_made": True}
    with pytest.raises(PaymentRefused) as transferred:
        provider.payments.transfer(attrs.evolve(transfer, **other))
    with pytest.raises(PaymentRefused) as reversed_:
        provider.payments.reverse_transfer(attrs.evolve(reversal, **other))

    assert refusal_of(transferred) is refusal_of(reversed_) is No.OTHER_ORDER_SAME_ID


def test_a_transfer_comes_back_in_parts_but_never_more_than_it(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    made = provider.payments.transfer(a_transfer(order, paid, an_account(provider), 3600))

    first = provider.payments.reverse_transfer(a_reversal(made.id, 3000))
    second = provider.payments.reverse_transfer(a_reversal(made.id, 600))
    with pytest.raises(PaymentRefused) as raised:
        provider.payments.reverse_transfer(a_reversal(made.id, 1))

    assert first.id != second.id
    assert refusal_of(raised) is No.TOO_MUCH


def test_a_reversal_is_made_once_however_often_it_is_ordered(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    made = provider.payments.transfer(a_transfer(order, paid, an_account(provider), 3600))
    reversal = a_reversal(made.id, 2000)

    first = provider.payments.reverse_transfer(reversal)
    repeated = provider.payments.reverse_transfer(reversal)
    provider.forget_keys()
    next_day = provider.payments.reverse_transfer(attrs.evolve(reversal, maybe_made=True))

    assert first == repeated == next_day


def test_what_came_back_can_be_transferred_again(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    account = an_account(provider)
    made = provider.payments.transfer(a_transfer(order, paid, account, PRICE.minor))
    provider.payments.reverse_transfer(a_reversal(made.id, PRICE.minor))

    anew = provider.payments.transfer(a_transfer(order, paid, account, PRICE.minor))

    assert anew.id != made.id


def test_a_transfer_is_refused_until_the_account_is_ready(provider: Provider) -> None:
    order, paid = a_paid_checkout(provider)
    account = an_account(provider, ready=False)
    transfer = a_transfer(order, paid, account, 3600)

    with pytest.raises(PaymentRefused) as raised:
        provider.payments.transfer(transfer)
    provider.finish_onboarding(account)

    assert refusal_of(raised) is No.ACCOUNT_NOT_READY
    assert provider.payments.transfer(attrs.evolve(transfer, attempt=2)).id
