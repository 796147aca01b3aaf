"""Test cards, and what a card form may hold."""

from enum import StrEnum

import attrs


class Behaviour(StrEnum):
    PAYS = "pays"
    DECLINED = "card_declined"
    NO_FUNDS = "insufficient_funds"
    AUTHENTICATES = "authenticates"
    DISPUTED = "pays, then is disputed"
    REFUND_SLOW = "pays; its refunds are pending at first"
    REFUND_FAILS = "pays; its refunds fail later"


TEST_CARDS = {
    "4242424242424242": Behaviour.PAYS,
    "4000000000000002": Behaviour.DECLINED,
    "4000000000009995": Behaviour.NO_FUNDS,
    "4000002500003155": Behaviour.AUTHENTICATES,
    "4000002760003184": Behaviour.AUTHENTICATES,
    "4000000000000259": Behaviour.DISPUTED,
    "4000000000007726": Behaviour.REFUND_SLOW,
    "4000000000005126": Behaviour.REFUND_FAILS,
}
"""Any other number that is well formed is declined: a sandbox takes no real cards."""


@attrs.frozen(kw_only=True)
class Card:
    number: str = attrs.field(repr=False)
    expiry_month: int
    expiry_year: int
    name: str

    @property
    def behaviour(self) -> Behaviour:
        return TEST_CARDS.get(self.number, Behaviour.DECLINED)

    @property
    def last4(self) -> str:
        return self.number[-4:]


@attrs.frozen
class CardFormFaults(Exception):
    """Sentences by the name of their field: number, expiry, cvc, name."""

    by_field: dict[str, str]


def read(*, number: str, expiry: str, cvc: str, name: str, year: int, month: int) -> Card:
    """The card of a filled-in form, on the day that `year` and `month` are of.

    Spaces and hyphens in the number are fine; expiry is MM/YY. Raises `CardFormFaults` with
    everything that is wrong at once.
    """
    faults: dict[str, str] = {}
    digits = number.replace(" ", "").replace("-", "")
    if not _number(digits):
        faults["number"] = "Card number: this is not a complete, valid card number."
    until = _expiry(expiry)
    if until is None:
        faults["expiry"] = "Expiry: write month and year as MM/YY."
    elif until < (year, month):
        faults["expiry"] = "Expiry: this card has expired."
    if not (cvc.isascii() and cvc.isdecimal() and len(cvc) in {3, 4}):
        faults["cvc"] = "Security code: write the 3 or 4 digits printed on the card."
    if not name.strip():
        faults["name"] = "Name on card: write the name as it is printed."
    if faults or until is None:
        raise CardFormFaults(faults)
    return Card(number=digits, expiry_year=until[0], expiry_month=until[1], name=name.strip())


def _number(digits: str) -> bool:
    return digits.isascii() and digits.isdecimal() and 12 <= len(digits) <= 19 and luhn(digits)


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _expiry(text: str) -> tuple[int, int] | None:
    month, slash, year = text.replace(" ", "").partition("/")
    if not slash or not (month + year).isascii() or not (month + year).isdecimal():
        return None
    if len(year) not in {2, 4} or not 1 <= int(month) <= 12:
        return None
    return (int(year) if len(year) == 4 else 2000 + int(year)), int(month)
