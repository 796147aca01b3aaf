"""Money that comes when its customer has left, or is not let in any more."""

import attrs
import pytest

from autodoctor.application.payments.fulfilment import resolve
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.testing.ports import Town, a_customer, a_paid_page, deliver_all, memory_town


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.mark.parametrize("standing", [Standing.CLOSED, Standing.BANNED, Standing.SUSPENDED])
def test_it_goes_back_and_makes_no_session(town: Town, standing: Standing) -> None:
    customer = a_customer(town.ports)
    provider_id = a_paid_page(town, customer)
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(customer.account_id)
        tx.accounts.save(attrs.evolve(account, standing=standing))

    checkout = resolve(town.ports, provider_id=provider_id)
    deliver_all(town)

    assert checkout.status is CheckoutStatus.RETURNED
    with town.kept(SYSTEM) as tx:
        assert tx.sessions.of_checkout(checkout.id) is None
        (refund,) = tx.refunds.of_checkout(checkout.id)
        told = tx.notifications.of(customer.account_id, most=9)
    assert refund.amount == checkout.price
    assert (standing is Standing.CLOSED) <= (told == ())


def test_of_somebody_who_is_in_it_makes_one(town: Town) -> None:
    customer = a_customer(town.ports)

    checkout = resolve(town.ports, provider_id=a_paid_page(town, customer))

    assert checkout.status is CheckoutStatus.FULFILLED
