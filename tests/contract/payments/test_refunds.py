"""Refunds, never more than was charged, and never twice."""

import attrs
import pytest

from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.ports.payment_refusals import (
    No,
    PaymentRefused,
    PaymentsUnavailable,
)
from autodoctor.ports.payments import (
    RefundStatus,
)

from .provider import PRICE, Provider, a_paid_checkout, a_refund, refusal_of


def test_a_charge_is_refunded_in_parts_but_never_beyond_it(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)

    first = provider.payments.refund(a_refund(paid, 4000))
    second = provider.payments.refund(a_refund(paid, 900))
    with pytest.raises(PaymentRefused) as raised:
        provider.payments.refund(a_refund(paid, 100))

    assert first.id != second.id
    assert first.status is RefundStatus.SUCCEEDED
    assert refusal_of(raised) is No.TOO_MUCH


def test_a_refunded_charge_cannot_be_refunded_again(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    provider.payments.refund(a_refund(paid, PRICE.minor))

    with pytest.raises(PaymentRefused) as raised:
        provider.payments.refund(a_refund(paid, 1))

    assert refusal_of(raised) is No.ALREADY_REFUNDED


def test_a_disputed_charge_cannot_be_refunded(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    assert paid.charge_id
    provider.open_dispute(paid.charge_id)

    with pytest.raises(PaymentRefused) as raised:
        provider.payments.refund(a_refund(paid, 1))

    assert refusal_of(raised) is No.DISPUTED


@pytest.mark.parametrize("outcome", DisputeOutcome)
def test_after_its_dispute_a_charge_can_be_refunded_if_that_was_won(
    provider: Provider, outcome: DisputeOutcome
) -> None:
    _, paid = a_paid_checkout(provider)
    assert paid.charge_id
    provider.close_dispute(provider.open_dispute(paid.charge_id), outcome)

    if outcome is DisputeOutcome.WON:
        assert provider.payments.refund(a_refund(paid, 1)).amount == Money(1)
        return
    with pytest.raises(PaymentRefused) as raised:
        provider.payments.refund(a_refund(paid, 1))

    assert refusal_of(raised) is No.DISPUTED


def test_an_unknown_payment_cannot_be_refunded(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)

    with pytest.raises(PaymentRefused) as raised:
        provider.payments.refund(a_refund(paid, 1, payment_id="pi_unknown"))

    assert refusal_of(raised) is No.UNKNOWN_OBJECT


def test_a_refund_whose_answer_was_lost_is_made_once(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    order = a_refund(paid, 3000)
    provider.lose_next_answer()

    with pytest.raises(PaymentsUnavailable):
        provider.payments.refund(order)
    provider.payments.refund(order)

    with pytest.raises(PaymentRefused):
        provider.payments.refund(a_refund(paid, 2000))
    assert provider.payments.refund(a_refund(paid, 1999)).status is RefundStatus.SUCCEEDED


def test_a_refund_of_the_day_before_is_found_and_not_made_again(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    order = a_refund(paid, 2000)
    made = provider.payments.refund(order)
    provider.forget_keys()

    again = provider.payments.refund(attrs.evolve(order, maybe_made=True, attempt=2))

    assert again == made
    assert provider.payments.refund(a_refund(paid, 2999)).id != made.id


def test_a_refund_that_was_never_made_is_made_after_looking(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    provider.payments.refund(a_refund(paid, 1000))

    made = provider.payments.refund(a_refund(paid, 1000, maybe_made=True))

    assert made.status is RefundStatus.SUCCEEDED


def test_a_refund_found_with_another_amount_is_refused(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    order = a_refund(paid, 1000)
    provider.payments.refund(order)
    provider.forget_keys()

    with pytest.raises(PaymentRefused) as raised:
        provider.payments.refund(attrs.evolve(order, amount=Money(500), maybe_made=True))

    assert refusal_of(raised) is No.OTHER_ORDER_SAME_ID


def test_a_refund_that_the_bank_sent_back_is_not_made_anew_under_its_id(
    provider: Provider,
) -> None:
    _, paid = a_paid_checkout(provider)
    order = a_refund(paid, PRICE.minor)
    failed = provider.payments.refund(order)
    provider.fail_refund(failed.id)
    provider.forget_keys()

    again = provider.payments.refund(attrs.evolve(order, maybe_made=True, attempt=2))

    assert (again.id, again.status) == (failed.id, RefundStatus.FAILED)
    assert again.failure == "lost_or_stolen_card"


def test_what_the_bank_sent_back_can_be_refunded_by_another_refund(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    provider.fail_refund(provider.payments.refund(a_refund(paid, PRICE.minor)).id)

    made = provider.payments.refund(a_refund(paid, PRICE.minor))

    assert made.status is RefundStatus.SUCCEEDED
