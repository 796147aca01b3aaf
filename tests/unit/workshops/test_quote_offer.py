from decimal import Decimal

import pytest

from autodoctor.domain.shared.money import Currency, CurrencyMismatch, Money
from autodoctor.domain.workshops.quote_lines import LabourLine, PartLine
from autodoctor.domain.workshops.quote_offer import (
    NotesTooLong,
    Offer,
    TooManyLines,
    WarrantyOutOfBounds,
)

PADS = PartLine(name="Pads", unit_price=Money(4599), quantity=Decimal(2))
FITTING = LabourLine(hourly_rate=Money(12_000), hours=Decimal("1.5"))
ROTORS_USD = PartLine(name="Rotors", unit_price=Money(100, Currency("usd")))


def test_an_offer_adds_up_parts_and_labour() -> None:
    offer = Offer(lines=(PADS, FITTING, PADS))

    assert offer.parts == Money(18_396)
    assert offer.labour == Money(18_000)
    assert offer.subtotal == Money(36_396)


def test_an_empty_offer_comes_to_nothing() -> None:
    offer = Offer()

    assert (offer.parts, offer.labour, offer.subtotal) == (Money(0), Money(0), Money(0))
    assert (offer.notes, offer.internal_notes, offer.warranty_days) == ("", "", 90)


def test_an_offer_is_in_the_currency_of_its_lines() -> None:
    offer = Offer(lines=(ROTORS_USD,))

    assert offer.subtotal == Money(100, Currency("usd"))
    assert offer.labour == Money(0, Currency("usd"))


@pytest.mark.parametrize(
    "lines", [(PADS, ROTORS_USD), (ROTORS_USD, FITTING), (FITTING, ROTORS_USD)]
)
def test_lines_in_two_currencies_are_refused(lines) -> None:
    with pytest.raises(CurrencyMismatch):
        Offer(lines=lines)


def test_a_hundred_lines_are_enough() -> None:
    Offer(lines=(PADS,) * 100)

    with pytest.raises(TooManyLines) as refused:
        Offer(lines=(PADS,) * 101)

    assert refused.value.lines == 101


@pytest.mark.parametrize("field", ["notes", "internal_notes"])
def test_notes_have_at_most_5000_characters(field: str) -> None:
    Offer(**{field: "x" * 5000})

    with pytest.raises(NotesTooLong) as refused:
        Offer(**{field: "x" * 5001})

    assert refused.value.characters == 5001


@pytest.mark.parametrize("days", [0, 3650])
def test_a_warranty_lasts_up_to_ten_years(days: int) -> None:
    assert Offer(warranty_days=days).warranty_days == days


@pytest.mark.parametrize("days", [-1, 3651])
def test_another_warranty_is_refused(days: int) -> None:
    with pytest.raises(WarrantyOutOfBounds) as refused:
        Offer(warranty_days=days)

    assert refused.value.days == days


def test_lines_are_refused_first_then_currencies_then_notes_then_the_warranty() -> None:
    bad = {"notes": "x" * 5001, "warranty_days": -1}

    with pytest.raises(TooManyLines):
        Offer(lines=(PADS,) * 100 + (ROTORS_USD,), **bad)
    with pytest.raises(CurrencyMismatch):
        Offer(lines=(PADS, ROTORS_USD), **bad)
    with pytest.raises(NotesTooLong):
        Offer(**bad)
