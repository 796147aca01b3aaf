import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.shared.money import Currency, Money
from autodoctor.entrypoints.web.formats import minutes_text, money_text, price_text


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_an_amount_is_written_with_every_cent(minor: int) -> None:
    text = money_text(Money(minor))

    digits = "".join(mark for mark in text if mark in "-0123456789")
    assert int(digits) == minor
    assert text[-3] == "."


@pytest.mark.parametrize(
    ("minor", "tag"), [(499, "$4.99"), (5000, "$50"), (123456, "$1,234.56"), (0, "$0")]
)
def test_a_price_tag_shows_cents_only_where_there_are_some(minor: int, tag: str) -> None:
    assert price_text(Money(minor)) == tag


def test_a_currency_without_cents_gets_none() -> None:
    assert money_text(Money(5000, Currency("jpy"))) == "JP¥5,000"


def test_one_minute_is_singular() -> None:
    assert minutes_text(1) == "1 minute"
    assert minutes_text(45) == "45 minutes"
