"""The customer's bank takes a payment back until the dispute is decided.

    opened    disputed +4999   processor −4999
    won       processor +4999  disputed −4999
    lost      platform +999    workshop +400   mechanic +3600   disputed −4999

While it is open nothing is paid out and nothing refunded. A lost dispute costs the parties
what a refund would; what the bank takes beyond what was still kept is our loss.
"""

from datetime import datetime

import attrs

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.clawback import taken_back
from autodoctor.domain.revenue.funds import Funds, check_positive
from autodoctor.domain.revenue.ids import DisputeId
from autodoctor.domain.revenue.ledger import Entry, EntryKind, Posting
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.errors import NotFound
from autodoctor.domain.shared.ids import EntryId
from autodoctor.domain.shared.money import Money


@attrs.frozen
class DisputeUnknown(NotFound):
    """There is no such dispute about this session."""

    dispute_id: DisputeId


def dispute_opened(
    funds: Funds, *, dispute_id: DisputeId, amount: Money, entry_id: EntryId, at: datetime
) -> Entry:
    """The bank took the amount.

    Raises AlreadyPosted, AmountNotPositive, CurrencyMismatch, in this order.
    """
    key = f"dispute:{dispute_id}:opened"
    funds.check_new(key)
    check_positive(amount)
    funds.check_currency(amount)
    return Entry(
        id=entry_id,
        key=key,
        kind=EntryKind.DISPUTE_OPENED,
        session_id=funds.session_id,
        at=at,
        postings=(
            Posting(Account.disputed(funds.session_id), amount),
            Posting(Account.processor(), -amount),
        ),
    )


def dispute_won(funds: Funds, *, dispute_id: DisputeId, entry_id: EntryId, at: datetime) -> Entry:
    """The bank gave the money back.

    Raises AlreadyPosted (after a loss, too), DisputeUnknown, in this order.
    """
    amount = _open_amount(funds, dispute_id)
    return Entry(
        id=entry_id,
        key=_closed_key(dispute_id),
        kind=EntryKind.DISPUTE_WON,
        session_id=funds.session_id,
        at=at,
        postings=(
            Posting(Account.processor(), amount),
            Posting(Account.disputed(funds.session_id), -amount),
        ),
    )


def dispute_lost(
    funds: Funds,
    *,
    dispute_id: DisputeId,
    terms: Terms | None = None,
    entry_id: EntryId,
    at: datetime,
) -> Entry:
    """The bank keeps the money. `terms` are those of the split, needed only after one.

    Raises AlreadyPosted (after a win, too), DisputeUnknown, TermsDiffer, in this order.
    """
    amount = _open_amount(funds, dispute_id)
    taken = min(amount, funds.kept)
    lost = amount - taken
    return Entry(
        id=entry_id,
        key=_closed_key(dispute_id),
        kind=EntryKind.DISPUTE_LOST,
        session_id=funds.session_id,
        at=at,
        postings=(
            *taken_back(funds, taken, terms=terms),
            *((Posting(Account.losses(), lost),) if lost else ()),
            Posting(Account.disputed(funds.session_id), -amount),
        ),
    )


def _open_amount(funds: Funds, dispute_id: DisputeId) -> Money:
    funds.check_new(_closed_key(dispute_id))
    opened = funds.find(f"dispute:{dispute_id}:opened")
    if opened is None:
        raise DisputeUnknown(dispute_id)
    return opened.amount_on(Account.disputed(funds.session_id))


def _closed_key(dispute_id: DisputeId) -> str:
    # One key for both ends: a dispute is either won or lost.
    return f"dispute:{dispute_id}:closed"
