"""What is true of the ledger at any moment, whatever happened and in whatever order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ledger import Entry, EntryKind
from autodoctor.domain.revenue.split import split
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.money import Currency, Money

_REFUNDS: Final = (EntryKind.REFUND, EntryKind.REFUND_FAILED)
_PAID_OUT: Final = (
    EntryKind.TRANSFER,
    EntryKind.REVERSAL,
    EntryKind.REVERSAL_FAILED,
    EntryKind.SETTLEMENT,
)


def every_entry_sums_to_zero(entries: Iterable[Entry]) -> None:
    for entry in entries:
        sums: defaultdict[Currency, int] = defaultdict(int)
        for posting in entry.postings:
            sums[posting.amount.currency] += posting.amount.minor
        assert not any(sums.values()), f"{entry.key} is off by {dict(sums)}"


def all_balances_sum_to_zero(balances: Iterable[Money]) -> None:
    """Of all accounts of the ledger, in any order."""
    sums: defaultdict[Currency, int] = defaultdict(int)
    for amount in balances:
        sums[amount.currency] += amount.minor
    assert not any(sums.values()), f"the books are off by {dict(sums)}"


def nothing_is_posted_twice(entries: Sequence[Entry]) -> None:
    for field in ("id", "key"):
        counts = Counter(getattr(entry, field) for entry in entries)
        twice = [value for value, count in counts.items() if count > 1]
        assert not twice, f"{field} posted twice: {twice}"


def refunds_stay_within_charges(funds: Funds) -> None:
    """Beyond what the provider gave past all that a session had, which is a loss of ours."""
    refunded = -_processed(funds, *_REFUNDS) - _moved(funds.entries, Account.losses(), _REFUNDS)
    charged = _processed(funds, EntryKind.CHARGE)
    assert 0 <= refunded <= charged, f"{refunded} refunded of {charged}"


def nothing_is_held_below_zero(funds: Funds) -> None:
    assert funds.held.minor >= 0, f"held: {funds.held}"
    assert funds.owed.minor >= 0, f"owed: {funds.owed}"
    assert funds.disputed.minor >= 0, f"disputed: {funds.disputed}"


def nothing_is_held(funds: Funds) -> None:
    """True of a session that is over."""
    assert not funds.held, f"still held: {funds.held}"


def the_customer_is_owed_what_did_not_reach_them(funds: Funds) -> None:
    """Charged, less what was delivered, less what went back for good, by any way."""
    delivered = sum(amount.minor for amount in funds.earnings.values())
    assert (funds.held + funds.owed).minor == _kept_minor(funds) - delivered


def parties_earn_their_split_of_what_is_kept(funds: Funds, terms: Terms) -> None:
    """Counts what is kept from what the processor and the banks moved, not from earnings."""
    earned = _kept_minor(funds) - funds.held.minor - funds.owed.minor
    parts = split(
        Money(earned, funds.currency),
        rates=terms.rates,
        with_workshop=terms.workshop_id is not None,
    )
    expected = {
        Account.platform(): parts.platform,
        Account.mechanic(terms.mechanic_id): parts.mechanic,
    }
    if terms.workshop_id is not None:
        expected[Account.workshop(terms.workshop_id)] = parts.workshop
    assert funds.earnings == {account: part for account, part in expected.items() if part}


def parties_were_paid_what_is_not_payable(funds: Funds) -> None:
    """Earned = paid out + payable, for each party."""
    for account, earned in funds.earnings.items():
        if account.is_payable:
            paid = _moved(funds.entries, account, _PAID_OUT)
            assert funds.payable(account).minor == earned.minor - paid


def nobody_is_overpaid(funds: Funds) -> None:
    """True once the reversals that are due have been made: a transfer can be taken back, what was
    paid past the provider cannot."""
    accounts = {posting.account for entry in funds.entries for posting in entry.postings}
    for account in accounts:
        if account.is_payable:
            settled = max(0, _moved(funds.entries, account, (EntryKind.SETTLEMENT,)))
            owes = -funds.payable(account)
            assert owes.minor <= settled, f"{account} owes {owes}"


def _kept_minor(funds: Funds) -> int:
    lost = _moved(funds.entries, Account.disputed(funds.session_id), (EntryKind.DISPUTE_LOST,))
    beyond = _moved(funds.entries, Account.losses(), (EntryKind.DISPUTE_LOST, *_REFUNDS))
    settled = _moved(funds.entries, Account.owed(funds.session_id), (EntryKind.SETTLEMENT,))
    charged = _processed(funds, EntryKind.CHARGE)
    return charged + _processed(funds, *_REFUNDS) + lost + beyond - settled


def _processed(funds: Funds, *kinds: EntryKind) -> int:
    return _moved(funds.entries, Account.processor(), kinds)


def _moved(entries: Sequence[Entry], account: Account, kinds: Sequence[EntryKind]) -> int:
    return sum(
        posting.amount.minor
        for entry in entries
        if entry.kind in kinds
        for posting in entry.postings
        if posting.account == account
    )
