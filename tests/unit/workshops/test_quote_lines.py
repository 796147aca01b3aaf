from decimal import Context, Decimal, localcontext

import pytest

from autodoctor.domain.shared.money import Currency, Money
from autodoctor.domain.workshops.quote_lines import (
    HoursOutOfBounds,
    LabourLine,
    LineUnnamed,
    PartLine,
    PriceOutOfBounds,
    QuantityOutOfBounds,
)


def part(**facts) -> PartLine:
    return PartLine(**{"name": "Pads", "unit_price": Money(4599), "quantity": Decimal(2)} | facts)


def labour(**facts) -> LabourLine:
    return LabourLine(**{"hourly_rate": Money(12_000), "hours": Decimal("1.5")} | facts)


def test_a_part_costs_its_unit_price_times_its_quantity() -> None:
    assert part().amount == Money(9198)


def test_a_part_counts_once_by_default() -> None:
    assert PartLine(name="Pads", unit_price=Money(4599)).quantity == Decimal(1)


def test_labour_costs_its_rate_times_its_hours() -> None:
    assert labour().amount == Money(18_000)
    assert labour().name == "Labour"


@pytest.mark.parametrize(
    ("price", "quantity", "amount"),
    [(10, "0.25", 3), (10, "0.24", 2), (2, "0.25", 1), (1, "0.49", 0), (1, "0.50", 1)],
)
def test_a_line_is_rounded_half_up(price: int, quantity: str, amount: int) -> None:
    assert part(unit_price=Money(price), quantity=Decimal(quantity)).amount == Money(amount)
    assert labour(hourly_rate=Money(price), hours=Decimal(quantity)).amount == Money(amount)


def test_a_line_is_in_the_currency_of_its_price() -> None:
    usd = Currency("usd")

    assert part(unit_price=Money(5, usd)).amount == Money(10, usd)
    assert labour(hourly_rate=Money(10, usd)).amount == Money(15, usd)


def test_an_amount_does_not_depend_on_the_decimal_context() -> None:
    with localcontext(Context(prec=2)):
        assert part(unit_price=Money(123_457), quantity=Decimal("9999.99")).amount == Money(
            1_234_568_765
        )


def test_names_are_stripped() -> None:
    assert part(name="  Pads ").name == "Pads"
    assert labour(name="  Brakes ").name == "Brakes"


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_line_without_a_usable_name_is_refused(name: str) -> None:
    with pytest.raises(LineUnnamed) as refused:
        part(name=name)
    with pytest.raises(LineUnnamed):
        labour(name=name)

    assert refused.value.name == name.strip()


def test_a_name_of_1_or_of_200_characters_is_fine() -> None:
    assert part(name="x").name == "x"
    assert labour(name="x" * 200).name == "x" * 200


@pytest.mark.parametrize("minor", [-1, 100_000_001])
def test_a_price_out_of_bounds_is_refused(minor: int) -> None:
    with pytest.raises(PriceOutOfBounds) as refused:
        part(unit_price=Money(minor))
    with pytest.raises(PriceOutOfBounds):
        labour(hourly_rate=Money(minor))

    assert refused.value.facts == {"name": "Pads", "price": Money(minor)}


@pytest.mark.parametrize("minor", [0, 100_000_000])
def test_a_part_may_be_free_or_cost_a_million(minor: int) -> None:
    assert part(unit_price=Money(minor)).unit_price == Money(minor)


@pytest.mark.parametrize(
    "quantity", ["0", "-1", "10000.01", "0.005", "1.001", "NaN", "sNaN", "Infinity", "-Infinity"]
)
def test_a_quantity_out_of_bounds_is_refused(quantity: str) -> None:
    with pytest.raises(QuantityOutOfBounds) as refused:
        part(quantity=Decimal(quantity))

    assert refused.value.name == "Pads"
    assert str(refused.value.quantity) == quantity


@pytest.mark.parametrize("quantity", ["0.01", "0.5", "10000", "1.000"])
def test_a_quantity_goes_in_steps_of_a_hundredth(quantity: str) -> None:
    assert part(quantity=Decimal(quantity)).quantity == Decimal(quantity)


@pytest.mark.parametrize("hours", ["0", "-1", "1000.01", "0.005", "NaN"])
def test_hours_out_of_bounds_are_refused(hours: str) -> None:
    with pytest.raises(HoursOutOfBounds) as refused:
        labour(hours=Decimal(hours))

    assert refused.value.name == "Labour"
    assert str(refused.value.hours) == hours


@pytest.mark.parametrize("hours", ["0.01", "1000"])
def test_hours_go_from_a_hundredth_to_a_thousand(hours: str) -> None:
    assert labour(hours=Decimal(hours)).hours == Decimal(hours)


def test_the_name_is_refused_before_the_price_and_that_before_the_quantity() -> None:
    with pytest.raises(LineUnnamed):
        part(name="", unit_price=Money(-1), quantity=Decimal(0))
    with pytest.raises(PriceOutOfBounds):
        part(unit_price=Money(-1), quantity=Decimal(0))
    with pytest.raises(PriceOutOfBounds):
        labour(hourly_rate=Money(-1), hours=Decimal(0))
