"""How amounts and lengths of time are written for people in Canada's English."""

from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision

from autodoctor.domain.shared.money import Money

LOCALE = "en_CA"


def money_text(money: Money) -> str:
    """ "$29.99"; whole amounts lose their zeros: "$50"."""
    currency = money.currency.upper()
    exponent = -get_currency_precision(currency)
    amount = Decimal(money.minor).scaleb(exponent)
    whole = amount == amount.to_integral_value()
    pattern = "¤#,##0" if whole else None
    return str(format_currency(amount, currency, pattern, locale=LOCALE, currency_digits=not whole))


def minutes_text(minutes: int) -> str:
    """ "1 minute", "45 minutes"."""
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
