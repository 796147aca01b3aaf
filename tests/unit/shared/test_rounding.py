from fractions import Fraction

import pytest

from autodoctor.domain.shared.money import half_up


@pytest.mark.parametrize(
    ("exact", "whole"),
    [
        (Fraction(0), 0),
        (Fraction(1, 3), 0),
        (Fraction(1, 2), 1),
        (Fraction(2, 3), 1),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(249, 100), 2),
        (Fraction(-5, 2), -2),
        (Fraction(-251, 100), -3),
    ],
)
def test_halves_are_rounded_up(exact: Fraction, whole: int) -> None:
    assert half_up(exact) == whole
