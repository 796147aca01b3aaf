"""What the provider has on record, whoever made it."""

import pytest

from autodoctor.domain.revenue.bank_payout import PayoutStatus
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome, NoticeKind
from autodoctor.ports.payment_refusals import No, PaymentRefused
from autodoctor.ports.payments import CheckoutOrder, CheckoutState, RefundStatus

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
    refusal_of,
)


def test_refunds_are_on_record_whoever_made_them(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    assert paid.payment_id
    assert paid.charge_id
    ours = a_refund(paid, 1000)
    provider.payments.refund(ours)
    provider.refund_at_provider(paid.charge_id, 500)

    found = provider.records.refunds_of(paid.payment_id)

    assert [(each.amount.minor, each.refund_id) for each in found] == [
        (1000, ours.refund_id),
        (500, None),
    ]
    assert {each.status for each in found} == {RefundStatus.SUCCEEDED}
    (charge,) = [each for each in provider.records.charges() if each.id == paid.charge_id]
    assert (charge.amount, charge.refunded, charge.withdrawn) == (PRICE, Money(1500), Money(0))


def test_a_refund_is_pending_until_it_arrives(provider: Provider) -> None:
    order = an_order()
    opened = provider.payments.open_checkout(order)
    provider.pay_with_slow_refunds(opened.provider_id)
    paid = provider.payments.find_checkout(opened.provider_id)
    assert paid.payment_id

    made = provider.payments.refund(a_refund(paid, 1000))
    provider.let_refund_arrive(made.id)

    assert made.status is RefundStatus.PENDING
    (found,) = provider.records.refunds_of(paid.payment_id)
    assert (found.id, found.status) == (made.id, RefundStatus.SUCCEEDED)
    told = [each.refund_status for each in notices(provider, NoticeKind.REFUND_UPDATED)]
    assert RefundStatus.SUCCEEDED in told


def test_a_refund_that_fails_stays_on_record_with_its_reason(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    assert paid.payment_id
    assert paid.charge_id
    made = provider.payments.refund(a_refund(paid, 1000))

    provider.fail_refund(made.id)

    (found,) = provider.records.refunds_of(paid.payment_id)
    assert (found.status, found.failure) == (RefundStatus.FAILED, "lost_or_stolen_card")
    (charge,) = [each for each in provider.records.charges() if each.id == paid.charge_id]
    assert charge.refunded == Money(0)


def test_a_payment_of_another_amount_says_how_much_it_was(provider: Provider) -> None:
    opened = provider.payments.open_checkout(an_order())
    provider.pay_other_amount(opened.provider_id, 100)

    paid = provider.payments.find_checkout(opened.provider_id)

    assert (paid.paid, paid.amount, paid.received) == (True, PRICE, Money(100))


def test_an_unpaid_checkout_has_received_nothing(provider: Provider) -> None:
    opened = provider.payments.open_checkout(an_order())

    assert provider.payments.find_checkout(opened.provider_id).received is None


def a_paid_transfer(provider: Provider) -> tuple[CheckoutOrder, CheckoutState, str, str]:
    order, paid = a_paid_checkout(provider)
    account = an_account(provider)
    transfer = provider.payments.transfer(a_transfer(order, paid, account, 3000))
    return order, paid, account, transfer.id


def test_reversals_are_on_record_whoever_made_them(provider: Provider) -> None:
    _, _, _, transfer = a_paid_transfer(provider)
    ours = a_reversal(transfer, 1000)
    provider.payments.reverse_transfer(ours)
    provider.reverse_at_provider(transfer, 500)

    found = provider.records.reversals_of(transfer)

    assert [(each.amount.minor, each.reversal_id) for each in found] == [
        (1000, ours.reversal_id),
        (500, None),
    ]
    (kept,) = [each for each in provider.records.transfers() if each.id == transfer]
    assert (kept.amount, kept.reversed) == (Money(3000), Money(1500))


def test_what_left_for_the_owners_bank_cannot_be_taken_back(provider: Provider) -> None:
    _, _, account, transfer = a_paid_transfer(provider)
    provider.pay_out(account, 2500)

    with pytest.raises(PaymentRefused) as raised:
        provider.payments.reverse_transfer(a_reversal(transfer, 1000))

    assert refusal_of(raised) is No.BALANCE_TOO_LOW


def test_a_payout_is_followed_to_its_end_and_beyond(provider: Provider) -> None:
    _, _, account, _ = a_paid_transfer(provider)
    payout = provider.pay_out(account, 3000)
    seen = [provider.records.payout(account, payout)]
    provider.finish_payout(payout)
    seen.append(provider.records.payout(account, payout))
    provider.finish_payout(payout, "account_closed")
    seen.append(provider.records.payout(account, payout))

    assert [(each.status, each.failure) for each in seen] == [
        (PayoutStatus.PENDING, ""),
        (PayoutStatus.PAID, ""),
        (PayoutStatus.FAILED, "account_closed"),
    ]
    told = [n for n in notices(provider, NoticeKind.PAYOUT_CHANGED) if n.provider.payout == payout]
    assert {n.provider.account for n in told} == {account}


def test_a_payout_is_its_own_accounts(provider: Provider) -> None:
    _, _, account, _ = a_paid_transfer(provider)
    payout = provider.pay_out(account, 3000)

    with pytest.raises(PaymentRefused) as raised:
        provider.records.payout(an_account(provider), payout)

    assert refusal_of(raised) is No.UNKNOWN_OBJECT


def test_what_a_bank_has_taken_is_on_record_until_we_win(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    assert paid.charge_id
    provider.open_dispute(paid.charge_id)

    (charge,) = [each for each in provider.records.charges() if each.id == paid.charge_id]

    assert charge.withdrawn == PRICE


def test_what_several_disputes_of_a_charge_have_taken_is_summed(provider: Provider) -> None:
    _, paid = a_paid_checkout(provider)
    assert paid.charge_id
    lost = provider.open_dispute(paid.charge_id, 1000)
    won = provider.open_dispute(paid.charge_id, 2000)
    taken = []

    for close in (
        lambda: None,
        lambda: provider.close_dispute(lost, DisputeOutcome.LOST),
        lambda: provider.close_dispute(won, DisputeOutcome.WON),
    ):
        close()
        (charge,) = [each for each in provider.records.charges() if each.id == paid.charge_id]
        taken.append(charge.withdrawn.minor)

    assert taken == [3000, 3000, 1000]


def test_transfers_and_refunds_of_nobody_are_refused(provider: Provider) -> None:
    with pytest.raises(PaymentRefused) as raised:
        provider.records.refunds_of("pi_unknown")
    assert refusal_of(raised) is No.UNKNOWN_OBJECT
    with pytest.raises(PaymentRefused) as raised:
        provider.records.reversals_of("tr_unknown")
    assert refusal_of(raised) is No.UNKNOWN_OBJECT


@pytest.mark.parametrize("outcome", [None, *DisputeOutcome])
def test_a_dispute_is_on_record_with_its_outcome(
    provider: Provider, outcome: DisputeOutcome | None
) -> None:
    _, paid = a_paid_checkout(provider)
    assert paid.charge_id
    dispute_id = provider.open_dispute(paid.charge_id)
    if outcome is not None:
        provider.close_dispute(dispute_id, outcome)

    found = provider.records.dispute(dispute_id)

    assert (found.id, found.charge_id) == (dispute_id, paid.charge_id)
    assert (found.amount, found.outcome) == (PRICE, outcome)


def test_a_dispute_that_nobody_opened_is_refused(provider: Provider) -> None:
    with pytest.raises(PaymentRefused) as refused:
        provider.records.dispute("dp_1234567890")

    assert refusal_of(refused) is No.UNKNOWN_OBJECT
