"""Half-up rounding of exact fractions to whole cents."""

from fractions import Fraction


def half_up(value: Fraction) -> int:
    """The nearest whole number, the larger one when two are as near: 2.5 → 3, -2.5 → -2."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
