"""What a quote charges for: parts and labour, each line rounded half up to the cent."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from autodoctor.domain.shared.errors import Invalid
from autodoctor.domain.shared.money import Money, half_up

NAME_CHARACTERS_MAX: Final = 200
QUANTITY_MAX: Final = Decimal(10_000)
HOURS_MAX: Final = Decimal(1_000)
PRICE_MINOR_MAX: Final = 100_000_000
"""A million dollars: beyond that somebody mistyped."""


@attrs.frozen
class LineUnnamed(Invalid):
    """A line says what it is for, in at most 200 characters."""

    name: str


@attrs.frozen
class PriceOutOfBounds(Invalid):
    """A price or hourly rate is not negative, and at most a million."""

    name: str
    price: Money


@attrs.frozen
class QuantityOutOfBounds(Invalid):
    """A quantity is more than 0 and at most 10 000, in steps of 0.01."""

    name: str
    quantity: Decimal


@attrs.frozen
class HoursOutOfBounds(Invalid):
    """Hours are more than 0 and at most 1000, in steps of 0.01."""

    name: str
    hours: Decimal


def _stripped(name: str) -> str:
    return name.strip()


@attrs.frozen(kw_only=True)
class PartLine:
    """So many of a part at its unit price; half litres are fine.

    Raises LineUnnamed, PriceOutOfBounds, QuantityOutOfBounds, in this order.
    """

    name: str = attrs.field(converter=_stripped)
    unit_price: Money
    quantity: Decimal = Decimal(1)

    def __attrs_post_init__(self) -> None:
        _check(self.name, self.unit_price)
        if not _in_hundredths(self.quantity, QUANTITY_MAX):
            raise QuantityOutOfBounds(self.name, self.quantity)

    @property
    def amount(self) -> Money:
        return _times(self.unit_price, self.quantity)


@attrs.frozen(kw_only=True)
class LabourLine:
    """So many hours of work at an hourly rate.

    Raises LineUnnamed, PriceOutOfBounds, HoursOutOfBounds, in this order.
    """

    name: str = attrs.field(default="Labour", converter=_stripped)
    hourly_rate: Money
    hours: Decimal

    def __attrs_post_init__(self) -> None:
        _check(self.name, self.hourly_rate)
        if not _in_hundredths(self.hours, HOURS_MAX):
            raise HoursOutOfBounds(self.name, self.hours)

    @property
    def amount(self) -> Money:
        return _times(self.hourly_rate, self.hours)


def _check(name: str, price: Money) -> None:
    if not 0 < len(name) <= NAME_CHARACTERS_MAX:
        raise LineUnnamed(name)
    if not 0 <= price.minor <= PRICE_MINOR_MAX:
        raise PriceOutOfBounds(name, price)


def _in_hundredths(value: Decimal, most: Decimal) -> bool:
    # Not a number and infinity have no ratio and compare badly: ask for them first.
    return value.is_finite() and 0 < value <= most and Fraction(value) * 100 % 1 == 0


def _times(price: Money, by: Decimal) -> Money:
    # Fractions, because a Decimal product depends on the thread's decimal context.
    return Money(half_up(price.minor * Fraction(by)), price.currency)
