"""Money in integer minor units, rates in basis points, and how exact fractions are rounded."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NewType, Self

import attrs

from autodoctor.domain.shared.errors import Invalid

Currency = NewType("Currency", str)
CAD = Currency("cad")
"""Currency codes are ISO 4217 in lower case, as payment providers write them."""

BASIS_POINTS_WHOLE = 10_000


def half_up(value: Fraction) -> int:
    """The nearest whole number, the larger one when two are as near: 2.5 → 3, -2.5 → -2."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@attrs.frozen
class CurrencyMismatch(Invalid):
    """Amounts of two currencies cannot be put together."""

    left: Currency
    right: Currency


@attrs.frozen
class RateOutOfBounds(Invalid):
    """A rate lies between 0 and 100 %."""

    basis_points: int


@attrs.frozen(order=True)
class Rate:
    """A share of a whole, in basis points: 2000 is 20 %."""

    basis_points: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.basis_points <= BASIS_POINTS_WHOLE:
            raise RateOutOfBounds(self.basis_points)

    @classmethod
    def percent(cls, value: int) -> Self:
        return cls(value * 100)


@attrs.frozen
class Money:
    """An amount in minor units (cents) of one currency; may be negative."""

    minor: int
    currency: Currency = CAD

    @classmethod
    def zero(cls, currency: Currency = CAD) -> Self:
        return cls(0, currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(self.currency, other.currency)

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor < other.minor

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor <= other.minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def split(self, rate: Rate) -> tuple["Money", "Money"]:
        """(share, rest): the share is rounded down, and share + rest == self."""
        share = Money(self.minor * rate.basis_points // BASIS_POINTS_WHOLE, self.currency)
        return share, self - share

    def allocate(self, weights: Sequence[int]) -> tuple["Money", ...]:
        """Parts in proportion to non-negative weights that sum to self exactly.

        Largest remainder: each part is rounded down, and the left-over cents go to the parts
        that lost most, the earlier one first on a tie.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise WeightsUnusable(tuple(weights))
        floors = [self.minor * weight // total for weight in weights]
        lost = [self.minor * weight % total for weight in weights]
        winners = sorted(range(len(weights)), key=lambda part: (-lost[part], part))
        for part in winners[: self.minor - sum(floors)]:
            floors[part] += 1
        return tuple(Money(minor, self.currency) for minor in floors)


@attrs.frozen
class WeightsUnusable(Invalid):
    """Weights are not negative, and not all zero."""

    weights: tuple[int, ...]
