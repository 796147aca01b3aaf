"""The ledger: append-only double entry. Debits are positive, credits negative.

Every entry sums to zero in each currency, and nothing is ever changed or taken out: a
correction is another entry. So the balances of all accounts sum to zero at any moment.

A session of 49.99 with a workshop, at 20 and 10 %:

    charge    processor +4999   held −4999
    split     held +4999        platform −999   workshop −400   mechanic −3600
    transfer  mechanic +3600    processor −3600
    transfer  workshop +400     processor −400

A refund of 20.00 keeps 2999, which is 599 + 240 + 2160. What the parties lose is therefore

    refund    platform +400   workshop +160   mechanic +1440   processor −2000

and, as they were paid already, their transfers are reversed by as much:

    reversal  processor +1440   mechanic −1440
    reversal  processor +160    workshop −160

When the customer's bank sends that refund back, the money is with the provider again and still
the customer's; it is refunded once more, or paid from our bank account:

    refund_failed  processor +2000   owed −2000
    settlement     owed +2000        bank −2000
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import attrs

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.shared.errors import Invalid
from autodoctor.domain.shared.ids import EntryId, SessionId
from autodoctor.domain.shared.money import CAD, Currency, Money
from autodoctor.domain.shared.time import aware


class EntryKind(StrEnum):
    CHARGE = "charge"
    SPLIT = "split"
    RELEASE = "release"
    TRANSFER = "transfer"
    REVERSAL = "reversal"
    REVERSAL_FAILED = "reversal_failed"
    REFUND = "refund"
    REFUND_FAILED = "refund_failed"
    SETTLEMENT = "settlement"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"


@attrs.frozen
class PostingZero(Invalid):
    """A posting moves an amount other than zero."""

    account: Account


@attrs.frozen
class EntryTooShort(Invalid):
    """An entry has at least two postings."""

    key: str


@attrs.frozen
class EntryUnbalanced(Invalid):
    """An entry's postings sum to zero in each currency."""

    key: str
    currency: Currency
    sum_minor: int


@attrs.frozen
class Posting:
    """An amount on an account: debit positive, credit negative, never zero."""

    account: Account
    amount: Money

    def __attrs_post_init__(self) -> None:
        if not self.amount:
            raise PostingZero(self.account)


@attrs.frozen(kw_only=True)
class Entry:
    """One balanced movement of money.

    `key` is unique in the whole ledger and made from our own ids, so that the same fact
    cannot be posted twice. Raises EntryTooShort before EntryUnbalanced.
    """

    id: EntryId
    key: str
    kind: EntryKind
    session_id: SessionId | None
    at: datetime = attrs.field(validator=aware)
    postings: tuple[Posting, ...]

    def __attrs_post_init__(self) -> None:
        if len(self.postings) < 2:
            raise EntryTooShort(self.key)
        for currency, sum_minor in _sums(self.postings).items():
            if sum_minor:
                raise EntryUnbalanced(self.key, currency, sum_minor)

    def amount_on(self, account: Account) -> Money:
        """What the entry moves on the account: debit positive, credit negative, else zero."""
        zero = Money.zero(self.postings[0].amount.currency)
        return sum((each.amount for each in self.postings if each.account == account), zero)


def balance(entries: Iterable[Entry], account: Account, *, currency: Currency = CAD) -> Money:
    """The account's balance in one currency: debit positive, credit negative."""
    return trial_balance(entries).get((account, currency), Money.zero(currency))


def trial_balance(entries: Iterable[Entry]) -> dict[tuple[Account, Currency], Money]:
    """The balance of every account that was ever posted to, in each of its currencies."""
    sums: defaultdict[tuple[Account, Currency], int] = defaultdict(int)
    for entry in entries:
        for posting in entry.postings:
            sums[posting.account, posting.amount.currency] += posting.amount.minor
    return {where: Money(minor, where[1]) for where, minor in sums.items()}


def _sums(postings: Iterable[Posting]) -> dict[Currency, int]:
    sums: defaultdict[Currency, int] = defaultdict(int)
    for posting in postings:
        sums[posting.amount.currency] += posting.amount.minor
    return sums
