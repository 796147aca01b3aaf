import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.revenue.rates import Rates
from autodoctor.domain.revenue.split import Split, SplitOfNegative, split
from autodoctor.domain.shared.money import Currency, Money, Rate
from autodoctor.testing.strategies.money import amounts
from autodoctor.testing.strategies.revenue import agreed_rates


def test_4999_with_a_workshop_is_999_and_400_and_3600() -> None:
    parts = split(Money(4999), rates=Rates(), with_workshop=True)

    assert parts == Split(platform=Money(999), workshop=Money(400), mechanic=Money(3600))


def test_4999_without_a_workshop_is_999_and_4000() -> None:
    parts = split(Money(4999), rates=Rates(), with_workshop=False)

    assert parts == Split(platform=Money(999), workshop=Money(0), mechanic=Money(4000))


def test_what_is_kept_of_a_half_refunded_session_is_split_in_the_same_way() -> None:
    parts = split(Money(2499), rates=Rates(), with_workshop=True)

    assert parts == Split(platform=Money(499), workshop=Money(200), mechanic=Money(1800))


def test_other_rates_give_other_parts() -> None:
    rates = Rates(platform=Rate.percent(15), workshop=Rate.percent(5))

    parts = split(Money(10_000), rates=rates, with_workshop=True)

    assert parts == Split(platform=Money(1500), workshop=Money(425), mechanic=Money(8075))


@pytest.mark.parametrize("minor", [0, 1, 4])
def test_the_mechanic_gets_what_is_too_little_to_share(minor: int) -> None:
    parts = split(Money(minor), rates=Rates(), with_workshop=True)

    assert parts == Split(platform=Money(0), workshop=Money(0), mechanic=Money(minor))


def test_the_parts_are_in_the_totals_currency() -> None:
    usd = Currency("usd")

    parts = split(Money(4999, usd), rates=Rates(), with_workshop=False)

    assert parts == Split(Money(999, usd), Money(0, usd), Money(4000, usd))


def test_a_negative_amount_is_not_split() -> None:
    with pytest.raises(SplitOfNegative) as refused:
        split(Money(-1), rates=Rates(), with_workshop=True)

    assert refused.value.total == Money(-1)


@given(total=amounts(), rates=agreed_rates(), with_workshop=st.booleans())
def test_the_parts_sum_to_the_total_and_none_is_negative(
    total: Money, rates: Rates, with_workshop: bool
) -> None:
    parts = split(total, rates=rates, with_workshop=with_workshop)

    assert parts.total == total
    assert min(parts.platform.minor, parts.workshop.minor, parts.mechanic.minor) >= 0


@given(
    total=amounts(minor_max=20_000),
    more=amounts(minor_max=20_000),
    rates=agreed_rates(),
    with_workshop=st.booleans(),
)
def test_a_larger_amount_never_means_less_for_anyone(
    total: Money, more: Money, rates: Rates, with_workshop: bool
) -> None:
    small = split(total, rates=rates, with_workshop=with_workshop)
    large = split(total + more, rates=rates, with_workshop=with_workshop)

    assert small.platform <= large.platform
    assert small.workshop <= large.workshop
    assert small.mechanic <= large.mechanic
