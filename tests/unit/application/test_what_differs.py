"""What a comparison of the books with the provider finds, one broken thing at a time."""

from uuid import uuid4

import attrs
import pytest

from autodoctor.adapters.memory.payment_objects import Transfer
from autodoctor.application.payments.verifying import PAGE, verify_money
from autodoctor.domain.revenue.money_check import DifferenceKind
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CheckoutId, IntakeId, TransferId
from autodoctor.testing.ports import Town, a_customer, a_paid_page, a_paid_session
from support.followed import a_share_paid, paid_by


def found(town: Town) -> list[tuple[DifferenceKind, str]]:
    return [(each.kind, each.subject) for each in verify_money(town.ports).differences]


def test_a_payment_that_carries_no_checkout_of_ours_is_a_difference(town: Town) -> None:
    """Charged at the provider's own pages."""
    a_paid_page(town, a_customer(town.ports))
    (charge,) = town.bank.charges.values()
    order = charge.checkout.order
    charge.checkout.order = attrs.evolve(order, checkout_id=None)  # type: ignore[arg-type]

    assert found(town) == [(DifferenceKind.CHARGE_UNKNOWN, charge.id)]


def test_a_payment_for_a_checkout_nobody_knows_is_a_difference(town: Town) -> None:
    a_paid_page(town, a_customer(town.ports))
    (charge,) = town.bank.charges.values()
    charge.checkout.order = attrs.evolve(charge.checkout.order, checkout_id=CheckoutId(uuid4()))

    assert found(town) == [(DifferenceKind.CHARGE_UNKNOWN, charge.id)]


@pytest.mark.parametrize("transfer_id", [None, TransferId(uuid4())])
def test_a_transfer_that_is_not_ours_and_of_no_payment_is_a_difference_by_itself(
    town: Town, transfer_id: TransferId | None
) -> None:
    a_share_paid(town)
    (made,) = town.bank.transfers.values()
    order = attrs.evolve(made.order, transfer_id=transfer_id, charge_id=None)  # type: ignore[arg-type]
    town.bank.transfers["transfer_x"] = Transfer("transfer_x", order)

    assert found(town) == [(DifferenceKind.TRANSFER_UNKNOWN, "transfer_x")]


def test_money_still_held_after_a_session_is_a_difference(town: Town) -> None:
    session = a_paid_session(town, a_customer(town.ports))
    assert found(town) == []

    ended = attrs.evolve(session, status=SessionStatus.EXPIRED, ended_at=town.clock.now())
    with town.kept(SYSTEM) as tx:
        tx.sessions.save(ended)

    assert found(town) == [(DifferenceKind.HELD_AFTER_END, str(session.id))]


def test_every_payment_is_compared_page_by_page(town: Town) -> None:
    session = a_paid_session(town, a_customer(town.ports))
    with town.kept(SYSTEM) as tx:
        one = tx.checkouts.get(paid_by(session))
        for number in range(PAGE):
            tx.checkouts.add(
                attrs.evolve(
                    one,
                    id=CheckoutId(uuid4()),
                    intake_id=IntakeId(uuid4()),
                    provider_id=f"page_{number}",
                    payment_id=f"lost_payment_{number}",
                    charge_id=f"lost_{number}",
                    version=0,
                )
            )

    check = verify_money(town.ports)

    assert check.checked == PAGE + 1
    missing = [e for e in check.differences if e.kind is DifferenceKind.CHARGE_MISSING]
    assert len(missing) == PAGE
