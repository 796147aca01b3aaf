"""What a session's transfers paid out, what of it came back, and what still should.

The keys link the entries of one transfer: `transfer:T`, `transfer-failed:T`, `reversal:T:R`,
`reversal-failed:T:R`.
"""

from uuid import UUID

import attrs

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ledger import Entry, EntryKind
from autodoctor.domain.shared.errors import NotFound
from autodoctor.domain.shared.ids import TransferId
from autodoctor.domain.shared.money import Money

_TAKEN_BACK = frozenset({EntryKind.REVERSAL, EntryKind.REVERSAL_FAILED})


@attrs.frozen
class TransferUnknown(NotFound):
    """There is no such transfer in this session."""

    transfer_id: TransferId


@attrs.frozen
class PaidOut:
    """A transfer: to whom, how much it paid, and how much of that has not come back."""

    transfer_id: TransferId
    to: Account
    amount: Money
    remaining: Money


def paid_out(funds: Funds, transfer_id: TransferId) -> PaidOut:
    """Raises TransferUnknown."""
    for paid in transfers(funds):
        if paid.transfer_id == transfer_id:
            return paid
    raise TransferUnknown(transfer_id)


def transfers(funds: Funds) -> tuple[PaidOut, ...]:
    """The session's transfers, oldest first."""
    made = (each for each in funds.entries if each.kind is EntryKind.TRANSFER)
    return tuple(_paid_out(funds, entry) for entry in made)


def paid_out_of(funds: Funds) -> Money:
    """What was paid out of the session in all, and has not come back."""
    return sum((each.remaining for each in transfers(funds)), Money.zero(funds.currency))


def reversals_due(funds: Funds) -> tuple[tuple[TransferId, Money], ...]:
    """Which transfers to reverse by how much, newest first, until nobody is overpaid.

    Somebody is overpaid when a refund or a lost dispute came after their transfer.
    """
    owed: dict[Account, Money] = {}
    due: list[tuple[TransferId, Money]] = []
    for paid in reversed(transfers(funds)):
        debt = owed.get(paid.to, -funds.payable(paid.to))
        part = min(debt, paid.remaining)
        if part.minor > 0:
            due.append((paid.transfer_id, part))
            debt -= part
        owed[paid.to] = debt
    return tuple(due)


def _paid_out(funds: Funds, entry: Entry) -> PaidOut:
    transfer_id = TransferId(UUID(_transfer(entry)))
    paid = next(posting for posting in entry.postings if posting.account.is_payable)
    returned = (
        posting.amount
        for each in funds.entries
        if each.kind in _TAKEN_BACK and _transfer(each) == _transfer(entry)
        for posting in each.postings
        if posting.account == paid.account
    )
    return PaidOut(transfer_id, paid.account, paid.amount, sum(returned, paid.amount))


def _transfer(entry: Entry) -> str:
    return entry.key.split(":")[1]
