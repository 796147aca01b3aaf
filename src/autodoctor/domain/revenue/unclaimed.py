"""Money that was paid and found no session: it came too late, or the place was taken.

It belongs to no session, is held under its checkout's id, and goes back whole.

    charge    processor +4999   unclaimed −4999
    refund    unclaimed +4999   processor −4999
"""

from collections.abc import Iterable
from datetime import datetime

import attrs

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import check_positive
from autodoctor.domain.revenue.ledger import Entry, EntryKind, Posting, trial_balance
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import CheckoutId, EntryId, RefundId
from autodoctor.domain.shared.money import Money


@attrs.frozen
class NothingUnclaimed(Conflict):
    """No money of this payment is left to give back."""

    checkout_id: CheckoutId


def charge_unclaimed(
    *, checkout_id: CheckoutId, amount: Money, entry_id: EntryId, at: datetime
) -> Entry:
    """The customer paid, and there is no session to have for it. Raises AmountNotPositive.

    Its key is that of any charge of this checkout: the money finds a session or does not.
    """
    check_positive(amount)
    return Entry(
        id=entry_id,
        key=f"charge:{checkout_id}",
        kind=EntryKind.CHARGE,
        session_id=None,
        at=at,
        postings=(
            Posting(Account.processor(), amount),
            Posting(Account.unclaimed(checkout_id), -amount),
        ),
    )


def refund_unclaimed(
    entries: Iterable[Entry],
    *,
    checkout_id: CheckoutId,
    refund_id: RefundId,
    entry_id: EntryId,
    at: datetime,
) -> Entry:
    """All of it goes back. Raises NothingUnclaimed, by the ledger entries given."""
    unclaimed = Account.unclaimed(checkout_id)
    balances = [
        amount
        for (account, _), amount in trial_balance(entries).items()
        if account == unclaimed and amount
    ]
    if not balances:
        raise NothingUnclaimed(checkout_id)
    (owed,) = balances
    return Entry(
        id=entry_id,
        key=f"refund:{refund_id}",
        kind=EntryKind.REFUND,
        session_id=None,
        at=at,
        postings=(Posting(unclaimed, -owed), Posting(Account.processor(), owed)),
    )
