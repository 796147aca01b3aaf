"""A company has the seats of its tier, and works here while it is approved and not suspended."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.corporate.organization import (
    BusinessType,
    Organization,
    OrganizationNeverApproved,
    OrganizationNotApproved,
    OrganizationSuspended,
    SeatsFull,
    TierTooSmall,
)
from autodoctor.domain.corporate.tier import Agreed, Tier, agree
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import OrganizationId
from autodoctor.domain.shared.money import Money

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
AGREED = Agreed(80, Money(70_000))


def company(**changes: Any) -> Organization:
    made = Organization(
        id=OrganizationId(UUID(int=1)),
        name="Swift Couriers",
        business_type=BusinessType.FLEET,
        tier=Tier.STARTER,
        created_at=AT,
        approved=True,
    )
    return attrs.evolve(made, **changes)


@pytest.mark.parametrize(
    ("tier", "seats", "price"),
    [
        (Tier.STARTER, 10, Money(9_900)),
        (Tier.PROFESSIONAL, 50, Money(29_900)),
        (Tier.ENTERPRISE, 50, None),
    ],
)
def test_a_tier_is_its_seats_and_its_price(tier: Tier, seats: int, price: Money | None) -> None:
    made = company(tier=tier)

    assert (made.seats, made.monthly_price) == (seats, price)


def test_an_enterprise_has_what_was_agreed_with_it() -> None:
    made = company(tier=Tier.ENTERPRISE, agreed=AGREED)

    assert (made.seats, made.monthly_price) == (80, Money(70_000))


@pytest.mark.parametrize(("seats", "minor"), [(51, 0), (100_000, 70_000)])
def test_seats_and_a_price_are_agreed(seats: int, minor: int) -> None:
    assert agree(seats=seats, monthly_price=Money(minor)) == Agreed(seats, Money(minor))


@pytest.mark.parametrize(
    ("seats", "minor", "field", "reason"),
    [
        (50, 0, "seats", "From 51 to 100000 seats."),
        (100_001, 0, "seats", "From 51 to 100000 seats."),
        (51, -1, "monthly_price", "A price is not below zero."),
    ],
)
def test_what_cannot_be_agreed_is_said(seats: int, minor: int, field: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        agree(seats=seats, monthly_price=Money(minor))

    assert refused.value.facts == {"field": field, "reason": reason}


def test_its_months_are_those_of_its_own_clock() -> None:
    at = datetime(2026, 3, 1, 6, tzinfo=UTC)

    assert at - company(time_zone="America/Vancouver").month(at).start == timedelta(
        hours=22, days=27
    )
    assert company(time_zone="UTC").month(at).start == datetime(2026, 3, 1, tzinfo=UTC)


@given(st.sampled_from(Tier), st.integers(0, 200))
def test_there_is_room_for_one_more_exactly_below_the_seats(tier: Tier, taken: int) -> None:
    made = company(tier=tier)

    if taken < made.seats:
        made.check_room(taken)
    else:
        with pytest.raises(SeatsFull) as refused:
            made.check_room(taken)
        assert refused.value.seats == made.seats


def test_the_last_seat_is_the_last() -> None:
    made = company(tier=Tier.STARTER)

    made.check_room(9)
    with pytest.raises(SeatsFull) as refused:
        made.check_room(10)

    assert refused.value.seats == 10


def test_a_tier_is_left_for_one_that_everybody_fits_into() -> None:
    made = company(tier=Tier.PROFESSIONAL)

    assert made.subscribe(Tier.ENTERPRISE, AGREED, taken=50).seats == 80
    assert made.subscribe(Tier.STARTER, None, taken=10).seats == 10
    with pytest.raises(TierTooSmall) as too_small:
        made.subscribe(Tier.STARTER, None, taken=11)
    with pytest.raises(InvalidField) as refused:
        made.subscribe(Tier.STARTER, AGREED, taken=0)

    reason = "Only with an enterprise seats and price are agreed."
    assert too_small.value.facts == {"seats": 10, "taken": 11}
    assert refused.value.facts == {"field": "tier", "reason": reason}


def test_a_company_that_waits_or_is_suspended_does_not_work_here() -> None:
    waits = company(approved=False)
    out = company().suspend("Unpaid.", at=AT)

    assert company().open
    company().check_open()
    with pytest.raises(OrganizationNotApproved):
        waits.check_open()
    with pytest.raises(OrganizationSuspended):
        out.check_open()
    with pytest.raises(OrganizationNeverApproved):
        waits.suspend("Unpaid.", at=AT)


def test_suspending_and_letting_back_again_change_nothing() -> None:
    out = company().suspend("Unpaid.", at=AT)

    assert out.suspend("Another.", at=AT) is out
    assert out.suspension_reason == "Unpaid."
    assert out.reinstate() == company()
    assert company().reinstate().reinstate() == company()
