from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.booking.checkout import Checkout, CheckoutStatus
from autodoctor.domain.shared.ids import CheckoutId, CustomerId, IntakeId, PlanSlug
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.finalizing_view import finalizing_view

NOW = datetime(2026, 3, 12, 18, 32, tzinfo=UTC)
CHECKOUT = Checkout(
    id=CheckoutId(UUID(int=1)),
    intake_id=IntakeId(UUID(int=2)),
    customer_id=CustomerId(UUID(int=3)),
    plan=PlanSlug("quick-chat"),
    price=Money(999),
    created_at=NOW,
    expires_at=NOW + timedelta(minutes=35),
)


@pytest.mark.parametrize("status", CheckoutStatus)
def test_every_state_of_a_payment_has_its_own_words(status: CheckoutStatus) -> None:
    view = finalizing_view(attrs.evolve(CHECKOUT, status=status), provider_id="cs_1")

    assert view.title
    assert view.lead.endswith(".")


@pytest.mark.parametrize(
    ("status", "polls"),
    [
        (CheckoutStatus.OPEN, True),
        (CheckoutStatus.PAID, True),
        (CheckoutStatus.RETURNED, False),
        (CheckoutStatus.EXPIRED, False),
    ],
)
def test_it_looks_again_while_the_answer_can_still_change(
    status: CheckoutStatus, polls: bool
) -> None:
    view = finalizing_view(attrs.evolve(CHECKOUT, status=status), provider_id="cs_1")

    assert view.polls is polls


def test_an_expired_page_leads_back_to_the_booking() -> None:
    expired = attrs.evolve(CHECKOUT, status=CheckoutStatus.EXPIRED)

    view = finalizing_view(expired, provider_id="cs_1")

    assert view.again_url == f"/waiver?intake={CHECKOUT.intake_id}"
