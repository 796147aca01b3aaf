"""Debts that are settled past the payment provider, from or to our own bank account.

owed to a customer           owed +2000      bank −2000
owed to a mechanic           mechanic +3600  bank −3600
owed to us by a mechanic     bank +1440      mechanic −1440
"""

from datetime import datetime

import attrs

from autodoctor.domain.revenue.accounts import Account, AccountKind
from autodoctor.domain.revenue.funds import Funds, check_positive
from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.ledger import Entry, EntryKind, Posting
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import EntryId
from autodoctor.domain.shared.money import Money


@attrs.frozen
class SettlementExceedsDebt(Conflict):
    """At most what is owed can be settled."""

    asked: Money
    owed: Money


def settlement(
    funds: Funds,
    *,
    account: Account,
    amount: Money,
    issue_id: IssueId,
    entry_id: EntryId,
    at: datetime,
) -> Entry:
    """Paid from our bank account to whoever the account owes; from them to us when it is
    negative, that is when they owe us.

    Raises AlreadyPosted, AmountNotPositive, DisputeOpen, SettlementExceedsDebt, in this order.
    """
    assert account.is_payable or account.kind is AccountKind.OWED, f"{account} owes nobody"
    key = f"settlement:{issue_id}"
    funds.check_new(key)
    check_positive(amount)
    funds.check_undisputed()
    owed = funds.payable(account)
    if amount.minor > abs(owed.minor):
        raise SettlementExceedsDebt(amount, owed)
    paid = amount if owed.minor > 0 else -amount
    return Entry(
        id=entry_id,
        key=key,
        kind=EntryKind.SETTLEMENT,
        session_id=funds.session_id,
        at=at,
        postings=(Posting(account, paid), Posting(Account.bank(), -paid)),
    )
