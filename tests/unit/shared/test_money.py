import pytest
from hypothesis import given

from autodoctor.domain.shared.money import (
    CAD,
    Currency,
    CurrencyMismatch,
    Money,
    Rate,
    RateOutOfBounds,
    WeightsUnusable,
)
from autodoctor.testing.strategies.money import amounts, rates, weights

USD = Currency("usd")


def test_money_is_canadian_unless_said_otherwise() -> None:
    assert Money(1) == Money(1, CAD)
    assert Money.zero() == Money(0, CAD)
    assert Money.zero(USD) == Money(0, USD)


def test_money_adds_up_and_keeps_its_currency() -> None:
    assert Money(1, USD) + Money(2, USD) == Money(3, USD)
    assert Money(1, USD) - Money(2, USD) == Money(-1, USD)
    assert -Money(1, USD) == Money(-1, USD)


def test_money_compares_by_amount() -> None:
    assert Money(1) < Money(2)
    assert not Money(2) < Money(2)
    assert Money(2) <= Money(2)
    assert not Money(3) <= Money(2)


def test_only_no_money_is_false() -> None:
    assert not Money(0)
    assert Money(1)
    assert Money(-1)


@pytest.mark.parametrize(
    "together",
    [
        lambda: Money(1) + Money(1, USD),
        lambda: Money(1) - Money(1, USD),
        lambda: Money(1) < Money(1, USD),
        lambda: Money(1) <= Money(1, USD),
    ],
)
def test_two_currencies_are_not_put_together(together) -> None:
    with pytest.raises(CurrencyMismatch) as refused:
        together()

    assert refused.value.facts == {"left": CAD, "right": USD}


def test_a_rate_is_in_basis_points() -> None:
    assert Rate.percent(20) == Rate(2000)
    assert Rate(1) < Rate(2)


@pytest.mark.parametrize("basis_points", [0, 10_000])
def test_a_rate_lies_between_nothing_and_the_whole(basis_points: int) -> None:
    assert Rate(basis_points).basis_points == basis_points


@pytest.mark.parametrize("basis_points", [-1, 10_001])
def test_a_rate_beyond_that_is_refused(basis_points: int) -> None:
    with pytest.raises(RateOutOfBounds) as refused:
        Rate(basis_points)

    assert refused.value.basis_points == basis_points


def test_a_share_is_rounded_down_and_the_rest_gets_the_cent() -> None:
    assert Money(4999).split(Rate.percent(20)) == (Money(999), Money(4000))
    assert Money(3, USD).split(Rate.percent(50)) == (Money(1, USD), Money(2, USD))


@given(total=amounts(), rate=rates())
def test_share_and_rest_sum_to_the_whole(total: Money, rate: Rate) -> None:
    share, rest = total.split(rate)

    assert share + rest == total
    assert Money(0) <= share <= total
    assert share.minor * 10_000 <= total.minor * rate.basis_points
    assert (share.minor + 1) * 10_000 > total.minor * rate.basis_points


def test_left_over_cents_go_to_who_lost_most_and_first_to_the_earlier() -> None:
    assert Money(100).allocate([1, 1, 1]) == (Money(34), Money(33), Money(33))
    assert Money(10).allocate([10, 15, 75]) == (Money(1), Money(2), Money(7))
    assert Money(7, USD).allocate([0, 1]) == (Money(0, USD), Money(7, USD))


@given(total=amounts(), parts=weights())
def test_allocated_parts_sum_to_the_whole_and_are_off_by_less_than_a_cent(
    total: Money, parts: list[int]
) -> None:
    allocated = total.allocate(parts)

    assert sum(part.minor for part in allocated) == total.minor
    for part, weight in zip(allocated, parts, strict=True):
        assert abs(part.minor * sum(parts) - total.minor * weight) < sum(parts)


@pytest.mark.parametrize("unusable", [[0], [0, 0], [3, -1]])
def test_weights_that_say_nothing_are_refused(unusable: list[int]) -> None:
    with pytest.raises(WeightsUnusable) as refused:
        Money(1).allocate(unusable)

    assert refused.value.weights == tuple(unusable)
