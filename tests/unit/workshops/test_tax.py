from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.shared.money import Currency, Money
from autodoctor.domain.workshops.tax import (
    Province,
    ProvinceUnknown,
    Tax,
    TaxKind,
    TaxRateUnknown,
    parse_province,
    rates_on,
    taxes_on,
)
from autodoctor.testing.strategies.money import amounts
from autodoctor.testing.strategies.quotes import tax_days

TODAY = date(2026, 3, 2)
GST, HST, PST, QST, RST = TaxKind.GST, TaxKind.HST, TaxKind.PST, TaxKind.QST, TaxKind.RST


@pytest.mark.parametrize(
    ("province", "rates"),
    [
        ("AB", {GST: 5_000}),
        ("BC", {GST: 5_000, PST: 7_000}),
        ("MB", {GST: 5_000, RST: 7_000}),
        ("NB", {HST: 15_000}),
        ("NL", {HST: 15_000}),
        ("NS", {HST: 14_000}),
        ("NT", {GST: 5_000}),
        ("NU", {GST: 5_000}),
        ("ON", {HST: 13_000}),
        ("PE", {HST: 15_000}),
        ("QC", {GST: 5_000, QST: 9_975}),
        ("SK", {GST: 5_000, PST: 6_000}),
        ("YT", {GST: 5_000}),
    ],
)
def test_each_province_has_its_taxes(province: str, rates: dict[TaxKind, int]) -> None:
    in_force = rates_on(Province(province), TODAY)

    assert {rate.kind: rate.percent_thousandths for rate in in_force} == rates


def test_there_are_thirteen_provinces_and_territories() -> None:
    assert len(Province) == 13


@pytest.mark.parametrize(("day", "rate"), [(31, 15_000), (1, 14_000)])
def test_nova_scotia_went_from_15_to_14_percent_on_1_april_2025(day: int, rate: int) -> None:
    on = date(2025, 3, day) if day == 31 else date(2025, 4, day)

    (hst,) = rates_on(Province.NS, on)

    assert (hst.kind, hst.percent_thousandths) == (HST, rate)


@pytest.mark.parametrize(
    ("province", "first_day"),
    [
        ("AB", date(2008, 1, 1)),
        ("BC", date(2013, 4, 1)),
        ("MB", date(2019, 7, 1)),
        ("NB", date(2016, 7, 1)),
        ("NL", date(2016, 7, 1)),
        ("NS", date(2010, 7, 1)),
        ("ON", date(2010, 7, 1)),
        ("PE", date(2016, 10, 1)),
        ("QC", date(2013, 1, 1)),
        ("SK", date(2017, 3, 23)),
    ],
)
def test_before_the_first_rate_we_know_no_tax_is_guessed(province: str, first_day: date) -> None:
    rates_on(Province(province), first_day)
    before = date.fromordinal(first_day.toordinal() - 1)

    with pytest.raises(TaxRateUnknown) as refused:
        taxes_on(Money(1), province=Province(province), on=before)

    assert refused.value.facts == {"province": Province(province), "on": before}


def test_each_tax_is_rounded_half_up_by_itself() -> None:
    taxes = taxes_on(Money(10_010), province=Province.QC, on=TODAY)

    assert taxes == (Tax(GST, 5_000, Money(501)), Tax(QST, 9_975, Money(998)))


@pytest.mark.parametrize(("subtotal", "gst"), [(0, 0), (9, 0), (10, 1), (29, 1), (30, 2)])
def test_half_a_cent_of_tax_is_a_cent(subtotal: int, gst: int) -> None:
    (tax,) = taxes_on(Money(subtotal), province=Province.AB, on=TODAY)

    assert tax.amount == Money(gst)


def test_a_tax_is_in_the_currency_of_the_subtotal() -> None:
    usd = Currency("usd")

    (tax,) = taxes_on(Money(100, usd), province=Province.ON, on=TODAY)

    assert tax == Tax(HST, 13_000, Money(13, usd))


@given(subtotal=amounts(), more=amounts(), province=st.sampled_from(Province), on=tax_days())
def test_more_is_never_taxed_less(
    subtotal: Money, more: Money, province: Province, on: date
) -> None:
    small = taxes_on(subtotal, province=province, on=on)
    large = taxes_on(subtotal + more, province=province, on=on)

    for less, tax in zip(small, large, strict=True):
        assert less.amount <= tax.amount


@pytest.mark.parametrize("code", ["ON", "on", " On "])
def test_a_province_is_read_from_its_code(code: str) -> None:
    assert parse_province(code) is Province.ON


@pytest.mark.parametrize("code", ["", "XX", "Ontario"])
def test_an_unknown_code_is_no_province(code: str) -> None:
    with pytest.raises(ProvinceUnknown) as refused:
        parse_province(code)

    assert refused.value.code == code
