"""A session's money as its ledger entries tell it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Self

import attrs

from autodoctor.domain.revenue.accounts import Account, AccountKind
from autodoctor.domain.revenue.ledger import Entry, EntryKind, balance
from autodoctor.domain.shared.errors import Conflict, Invalid
from autodoctor.domain.shared.ids import SessionId
from autodoctor.domain.shared.money import CAD, Currency, CurrencyMismatch, Money

EARNING_KINDS = frozenset(
    {EntryKind.SPLIT, EntryKind.RELEASE, EntryKind.REFUND, EntryKind.DISPUTE_LOST}
)
"""The entries that say who earns; transfers and reversals only say what was paid out."""
EARNING_ACCOUNTS = frozenset({AccountKind.PLATFORM, AccountKind.MECHANIC, AccountKind.WORKSHOP})


@attrs.frozen
class AlreadyPosted(Conflict):
    """This movement of money is in the ledger already."""

    key: str


@attrs.frozen
class AmountNotPositive(Invalid):
    """An amount of money to move is more than zero."""

    amount: Money


@attrs.frozen
class DisputeOpen(Conflict):
    """A payment of this session is disputed: until that is decided no money of it moves."""

    session_id: SessionId


@attrs.frozen
class Funds:
    """All entries of one session, in the order they were posted, and what follows from them.

    Amounts read as people say them: what is held, earned, payable is positive. Every entry
    of a session is in one currency, that of its first charge. Money that was paid and found
    no session is kept in the same way, under its checkout's id, until it is refunded.
    """

    session_id: SessionId
    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, session_id: SessionId, entries: Iterable[Entry]) -> Self:
        """Picks the session's entries out of more."""
        return cls(session_id, tuple(each for each in entries if each.session_id == session_id))

    def with_entry(self, entry: Entry) -> Self:
        """Raises AlreadyPosted."""
        self.check_new(entry.key)
        return attrs.evolve(self, entries=(*self.entries, entry))

    @property
    def currency(self) -> Currency:
        return self.entries[0].postings[0].amount.currency if self.entries else CAD

    @property
    def held(self) -> Money:
        """Charged, and neither split nor given back."""
        return -self._balance(Account.held(self.session_id))

    @property
    def owed(self) -> Money:
        """Decided to go back to the customer, and sent back by their bank."""
        return -self._balance(Account.owed(self.session_id))

    @property
    def disputed(self) -> Money:
        """What banks hold back in disputes that are still open."""
        return self._balance(Account.disputed(self.session_id))

    @property
    def is_split(self) -> bool:
        return any(each.kind in (EntryKind.SPLIT, EntryKind.RELEASE) for each in self.entries)

    @property
    def earnings(self) -> dict[Account, Money]:
        """What each party earns of the session, paid out or not; zeros are left out."""
        sums: defaultdict[Account, int] = defaultdict(int)
        for entry in self.entries:
            if entry.kind in EARNING_KINDS:
                for posting in entry.postings:
                    sums[posting.account] -= posting.amount.minor
        return {
            account: Money(minor, self.currency)
            for account, minor in sums.items()
            if minor and account.kind in EARNING_ACCOUNTS
        }

    @property
    def earned(self) -> Money:
        """What all parties earn together."""
        return sum(self.earnings.values(), Money.zero(self.currency))

    @property
    def kept(self) -> Money:
        """What the session still has of its charges: the most that can be refunded."""
        return self.held + self.owed + self.earned

    def payable(self, account: Account) -> Money:
        """Earned and not paid out yet; negative when more was paid out than is earned."""
        return -self._balance(account)

    def find(self, key: str) -> Entry | None:
        return next((each for each in self.entries if each.key == key), None)

    def check_new(self, key: str) -> None:
        """Raises AlreadyPosted."""
        if self.find(key) is not None:
            raise AlreadyPosted(key)

    def check_currency(self, amount: Money) -> None:
        """Raises CurrencyMismatch."""
        if self.entries and amount.currency != self.currency:
            raise CurrencyMismatch(self.currency, amount.currency)

    def check_undisputed(self) -> None:
        """Raises DisputeOpen."""
        if self.disputed:
            raise DisputeOpen(self.session_id)

    def _balance(self, account: Account) -> Money:
        return balance(self.entries, account, currency=self.currency)


def check_positive(amount: Money) -> None:
    """Raises AmountNotPositive."""
    if amount.minor <= 0:
        raise AmountNotPositive(amount)
