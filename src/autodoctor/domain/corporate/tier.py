"""What a company subscribes to: how many seats it has for employees, and the price of a month."""

from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.money import Money

SEATS_AGREED_MIN: Final = 51
SEATS_AGREED_MAX: Final = 100_000


class Tier(StrEnum):
    """Prices are for a month; an enterprise's is agreed with it."""

    STARTER = "starter"
    PROFESSIONAL = "professional"
    ENTERPRISE = "enterprise"

    @property
    def seats(self) -> int:
        """Of an enterprise: until others are agreed."""
        return 10 if self is Tier.STARTER else SEATS_AGREED_MIN - 1

    @property
    def monthly_price(self) -> Money | None:
        return _PRICES[self]


_PRICES: Final = {
    Tier.STARTER: Money(9900),
    Tier.PROFESSIONAL: Money(29900),
    Tier.ENTERPRISE: None,
}


@attrs.frozen
class Agreed:
    """What was agreed with an enterprise: its seats, and the price of a month."""

    seats: int
    monthly_price: Money


def agree(*, seats: int, monthly_price: Money) -> Agreed:
    """Raises InvalidField."""
    if not SEATS_AGREED_MIN <= seats <= SEATS_AGREED_MAX:
        raise InvalidField("seats", f"From {SEATS_AGREED_MIN} to {SEATS_AGREED_MAX} seats.")
    if monthly_price.minor < 0:
        raise InvalidField("monthly_price", "A price is not below zero.")
    return Agreed(seats, monthly_price)
