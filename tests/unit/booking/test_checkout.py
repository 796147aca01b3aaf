from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from autodoctor.domain.booking.checkout import Checkout, CheckoutStatus, CheckoutUnpaid
from autodoctor.domain.shared.ids import CheckoutId, CustomerId, IntakeId, PlanSlug
from autodoctor.domain.shared.money import Money

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
Status = CheckoutStatus


def an_open_one() -> Checkout:
    return Checkout(
        id=CheckoutId(UUID(int=1)),
        intake_id=IntakeId(UUID(int=2)),
        customer_id=CustomerId(UUID(int=3)),
        plan=PlanSlug("quick-chat"),
        price=Money(999),
        created_at=NOW,
        expires_at=NOW + timedelta(minutes=35),
    )


def paid(checkout: Checkout | None = None, charge_id: str | None = "ch_1") -> Checkout:
    return (checkout or an_open_one()).pay(payment_id="pi_1", charge_id=charge_id, at=NOW)


def test_its_page_is_known_once_the_provider_has_made_it() -> None:
    opened = an_open_one().opened(provider_id="cs_1", provider_url="https://pay.example/1")

    assert (opened.provider_id, opened.provider_url) == ("cs_1", "https://pay.example/1")
    assert opened.status is Status.OPEN


def test_money_makes_it_paid() -> None:
    checkout = paid()

    assert checkout.status is Status.PAID
    assert (checkout.payment_id, checkout.charge_id) == ("pi_1", "ch_1")
    assert checkout.paid_at == NOW


@pytest.mark.parametrize(
    ("received", "amount", "differs"),
    [(None, 999, False), (Money(999), 999, False), (Money(998), 998, True)],
)
def test_what_came_in_counts_and_not_what_was_asked_for(
    received: Money | None, amount: int, differs: bool
) -> None:
    checkout = an_open_one().pay(payment_id="pi_1", charge_id="ch_1", at=NOW, received=received)

    assert checkout.received == received
    assert (checkout.amount, checkout.differs) == (Money(amount), differs)


def test_money_counts_even_for_a_page_we_held_to_be_expired() -> None:
    assert paid(an_open_one().expire()).status is Status.PAID


@pytest.mark.parametrize("charge_id", [None, "ch_1", "ch_2"])
def test_hearing_of_the_same_money_again_changes_nothing(charge_id: str | None) -> None:
    checkout = paid()

    again = checkout.pay(payment_id="pi_2", charge_id=charge_id, at=LATER)

    assert again is checkout


def test_a_charge_that_was_not_known_yet_is_filled_in() -> None:
    first = paid(charge_id=None)

    second = first.pay(payment_id="pi_1", charge_id="ch_1", at=LATER)

    assert (second.charge_id, second.paid_at, second.status) == ("ch_1", NOW, Status.PAID)
    assert first.pay(payment_id="pi_1", charge_id=None, at=LATER) is first


def test_a_charge_filled_in_late_leaves_what_is_settled_settled() -> None:
    settled = paid(charge_id=None).fulfil()

    known = settled.pay(payment_id="pi_1", charge_id="ch_1", at=LATER)

    assert (known.charge_id, known.status) == ("ch_1", Status.FULFILLED)


SETTLING: list[tuple[Callable[[Checkout], Checkout], CheckoutStatus]] = [
    (Checkout.fulfil, Status.FULFILLED),
    (Checkout.give_back, Status.RETURNED),
]


@pytest.mark.parametrize(("settle", "status"), SETTLING)
def test_paid_money_finds_its_place_once(
    settle: Callable[[Checkout], Checkout], status: CheckoutStatus
) -> None:
    settled = settle(paid())

    assert settled.status is status
    assert settled.settled
    assert settle(settled) is settled


@pytest.mark.parametrize(("settle", "status"), SETTLING)
def test_money_that_is_not_in_or_has_its_place_is_not_settled(
    settle: Callable[[Checkout], Checkout], status: CheckoutStatus
) -> None:
    elsewhere = paid().give_back() if status is Status.FULFILLED else paid().fulfil()

    for checkout in (an_open_one(), an_open_one().expire(), elsewhere):
        with pytest.raises(CheckoutUnpaid) as refused:
            settle(checkout)

        assert refused.value.facts == {"checkout_id": checkout.id, "status": checkout.status}


def test_only_an_open_page_expires() -> None:
    assert an_open_one().expire().status is Status.EXPIRED
    for checkout in (paid(), paid().fulfil(), an_open_one().expire()):
        assert checkout.expire() is checkout


def test_nothing_is_settled_before_its_end() -> None:
    for checkout in (an_open_one(), paid(), an_open_one().expire()):
        assert not checkout.settled
