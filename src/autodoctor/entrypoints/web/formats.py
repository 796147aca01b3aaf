"""How amounts and lengths of time are written for people, in Canada's English."""

from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision

from autodoctor.domain.shared.money import Money

LOCALE = "en_CA"


def money_text(money: Money) -> str:
    """With its cents, so that columns line up: $36.00, -$4.99."""
    currency = money.currency.upper()
    return str(format_currency(_units(money), currency, locale=LOCALE))


def price_text(money: Money) -> str:
    """As a price tag: cents only where there are some, $29.99 and $50."""
    currency, units = money.currency.upper(), _units(money)
    if units != units.to_integral_value():
        return money_text(money)
    return str(format_currency(units, currency, "\xa4#,##0", locale=LOCALE, currency_digits=False))


def minutes_text(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _units(money: Money) -> Decimal:
    return Decimal(money.minor).scaleb(-get_currency_precision(money.currency.upper()))
