"""Money coming in and being earned: charge, split, release.

Each function returns the entry to post and changes nothing. Its key is made from our own ids,
so posting the same fact again is refused, here and by the ledger's unique key.
"""

from datetime import datetime

import attrs

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import Funds, check_positive
from autodoctor.domain.revenue.ledger import Entry, EntryKind, Posting
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import CheckoutId, EntryId, SessionId
from autodoctor.domain.shared.money import Money


@attrs.frozen
class NothingHeld(Conflict):
    """There is no money of this session to share."""

    session_id: SessionId


def charge(
    funds: Funds, *, checkout_id: CheckoutId, amount: Money, entry_id: EntryId, at: datetime
) -> Entry:
    """The customer paid: for the session itself, an extension or an upgrade.

    Raises AlreadyPosted, AmountNotPositive, CurrencyMismatch, in this order.
    """
    key = f"charge:{checkout_id}"
    funds.check_new(key)
    check_positive(amount)
    funds.check_currency(amount)
    return Entry(
        id=entry_id,
        key=key,
        kind=EntryKind.CHARGE,
        session_id=funds.session_id,
        at=at,
        postings=(
            Posting(Account.processor(), amount),
            Posting(Account.held(funds.session_id), -amount),
        ),
    )


def split(funds: Funds, *, terms: Terms, entry_id: EntryId, at: datetime) -> Entry:
    """The session is completed: what is held becomes earnings.

    Raises AlreadyPosted (after a release, too), NothingHeld, in this order.
    """
    return _share(funds, EntryKind.SPLIT, terms, entry_id, at)


def release(funds: Funds, *, terms: Terms, entry_id: EntryId, at: datetime) -> Entry:
    """The session is cancelled and refunded in part: what is kept becomes earnings.

    Post the refund first. Raises AlreadyPosted (after a split, too), NothingHeld.
    """
    return _share(funds, EntryKind.RELEASE, terms, entry_id, at)


def _share(funds: Funds, kind: EntryKind, terms: Terms, entry_id: EntryId, at: datetime) -> Entry:
    # One key for both kinds: a session is either completed or cancelled.
    key = f"split:{funds.session_id}"
    funds.check_new(key)
    if funds.held.minor <= 0:
        raise NothingHeld(funds.session_id)
    earned = terms.credits(funds.held)
    return Entry(
        id=entry_id,
        key=key,
        kind=kind,
        session_id=funds.session_id,
        at=at,
        postings=(
            Posting(Account.held(funds.session_id), funds.held),
            *(Posting(account, -amount) for account, amount in earned.items()),
        ),
    )
