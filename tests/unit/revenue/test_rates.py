from fractions import Fraction

import pytest
from hypothesis import given

from autodoctor.domain.revenue.rates import (
    PlatformRateOutOfBounds,
    Rates,
    Shares,
    WorkshopRateOutOfBounds,
)
from autodoctor.domain.shared.money import Rate
from autodoctor.testing.strategies.revenue import agreed_rates


def test_the_platform_takes_20_percent_and_a_workshop_10_percent_of_the_rest_by_default() -> None:
    rates = Rates()

    assert (rates.platform, rates.workshop) == (Rate.percent(20), Rate.percent(10))


@pytest.mark.parametrize("platform", [1500, 2500])
def test_the_platform_may_take_15_to_25_percent(platform: int) -> None:
    assert Rates(platform=Rate(platform)).platform == Rate(platform)


@pytest.mark.parametrize("platform", [0, 1499, 2501])
def test_the_platform_may_not_take_less_or_more(platform: int) -> None:
    with pytest.raises(PlatformRateOutOfBounds) as refused:
        Rates(platform=Rate(platform))

    assert refused.value.rate == Rate(platform)


@pytest.mark.parametrize("workshop", [500, 1500])
def test_a_workshop_may_take_5_to_15_percent_of_the_rest(workshop: int) -> None:
    assert Rates(workshop=Rate(workshop)).workshop == Rate(workshop)


@pytest.mark.parametrize("workshop", [0, 499, 1501])
def test_a_workshop_may_not_take_less_or_more(workshop: int) -> None:
    with pytest.raises(WorkshopRateOutOfBounds) as refused:
        Rates(workshop=Rate(workshop))

    assert refused.value.rate == Rate(workshop)


def test_the_platforms_rate_is_refused_before_the_workshops() -> None:
    with pytest.raises(PlatformRateOutOfBounds):
        Rates(platform=Rate(0), workshop=Rate(0))


def test_20_percent_and_10_percent_of_the_rest_are_20_8_and_72_percent_of_the_total() -> None:
    shares = Rates().shares(with_workshop=True)

    assert shares == Shares(Fraction(20, 100), Fraction(8, 100), Fraction(72, 100))
    assert shares.percents == (20, 8, 72)


def test_without_a_workshop_the_mechanic_has_80_percent_of_the_total() -> None:
    assert Rates().shares(with_workshop=False).percents == (20, 0, 80)


@pytest.mark.parametrize(
    ("platform", "workshop", "percents"),
    [
        (1550, 1000, (16, 8, 76)),
        (1549, 1000, (15, 8, 77)),
        (2500, 1000, (25, 8, 67)),
        (1500, 1000, (15, 9, 76)),
    ],
)
def test_percents_are_rounded_half_up_and_the_mechanics_remain(
    platform: int, workshop: int, percents: tuple[int, int, int]
) -> None:
    rates = Rates(platform=Rate(platform), workshop=Rate(workshop))

    assert rates.shares(with_workshop=True).percents == percents


def test_20_and_10_percent_of_the_total_are_20_percent_and_12_5_of_the_rest() -> None:
    rates = Rates.from_shares(platform=Rate.percent(20), workshop=Rate.percent(10))

    assert rates == Rates(platform=Rate(2000), workshop=Rate(1250))
    assert rates.shares(with_workshop=True).percents == (20, 10, 70)


@pytest.mark.parametrize(
    ("platform", "workshop", "of_rest"),
    [(2500, 603, 804), (1500, 1000, 1176), (2500, 1125, 1500), (1600, 525, 625), (2000, 407, 509)],
)
def test_a_workshops_rate_from_its_share_is_rounded_half_up_to_a_basis_point(
    platform: int, workshop: int, of_rest: int
) -> None:
    rates = Rates.from_shares(platform=Rate(platform), workshop=Rate(workshop))

    assert rates == Rates(platform=Rate(platform), workshop=Rate(of_rest))


@pytest.mark.parametrize("workshop", [399, 1201, 10_000])
def test_shares_that_mean_a_rate_out_of_bounds_are_refused(workshop: int) -> None:
    with pytest.raises(WorkshopRateOutOfBounds):
        Rates.from_shares(platform=Rate(2000), workshop=Rate(workshop))


def test_a_refused_share_too_large_for_a_rate_is_named_as_it_was_given() -> None:
    with pytest.raises(WorkshopRateOutOfBounds) as refused:
        Rates.from_shares(platform=Rate(2000), workshop=Rate(9000))

    assert refused.value.rate == Rate(9000)


@pytest.mark.parametrize("platform", [1499, 2501, 10_000])
def test_a_platform_share_out_of_bounds_is_refused_first(platform: int) -> None:
    with pytest.raises(PlatformRateOutOfBounds):
        Rates.from_shares(platform=Rate(platform), workshop=Rate(0))


@given(rates=agreed_rates())
def test_the_three_shares_sum_to_the_whole(rates: Rates) -> None:
    for with_workshop in (True, False):
        shares = rates.shares(with_workshop=with_workshop)

        assert shares.platform + shares.workshop + shares.mechanic == 1
        assert sum(shares.percents) == 100


@given(rates=agreed_rates())
def test_a_mechanic_is_never_left_with_less_than_promised(rates: Rates) -> None:
    alone = rates.shares(with_workshop=False)
    with_workshop = rates.shares(with_workshop=True)

    assert alone.mechanic >= Fraction(75, 100)
    assert with_workshop.mechanic / (1 - with_workshop.platform) >= Fraction(85, 100)
