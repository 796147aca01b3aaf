"""Money going back to the customer.

A refund is posted when it is decided, before the provider is asked, so that no two can give
back the same money; a refusal by the provider is answered by `refund_failed`. Whoever was
paid more than they now earn is told by `reversals_due`.
"""

from datetime import datetime

import attrs

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.clawback import put_back, taken_back
from autodoctor.domain.revenue.funds import Funds, check_positive
from autodoctor.domain.revenue.ledger import Entry, EntryKind, Posting
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.errors import Conflict, NotFound
from autodoctor.domain.shared.ids import EntryId, RefundId
from autodoctor.domain.shared.money import Money


@attrs.frozen
class RefundExceedsCharge(Conflict):
    """All refunds together give back at most what was charged."""

    asked: Money
    remaining: Money


@attrs.frozen
class RefundUnknown(NotFound):
    """There is no such refund of this session."""

    refund_id: RefundId


def refund(
    funds: Funds,
    *,
    refund_id: RefundId,
    amount: Money,
    terms: Terms | None = None,
    entry_id: EntryId,
    at: datetime,
) -> Entry:
    """Give back all or part, before or after the split and the transfers.

    `terms` are those of the split, and needed only once there was one. Raises AlreadyPosted,
    AmountNotPositive, DisputeOpen, RefundExceedsCharge, TermsDiffer, in this order.
    """
    key = f"refund:{refund_id}"
    funds.check_new(key)
    check_positive(amount)
    funds.check_undisputed()
    if funds.kept < amount:
        raise RefundExceedsCharge(amount, funds.kept)
    return Entry(
        id=entry_id,
        key=key,
        kind=EntryKind.REFUND,
        session_id=funds.session_id,
        at=at,
        postings=(
            *taken_back(funds, amount, terms=terms),
            Posting(Account.processor(), -amount),
        ),
    )


def refund_failed(
    funds: Funds,
    *,
    refund_id: RefundId,
    terms: Terms | None = None,
    entry_id: EntryId,
    at: datetime,
) -> Entry:
    """The provider did not make the refund: the money is the session's again.

    Raises AlreadyPosted, RefundUnknown, TermsDiffer, in this order.
    """
    key = f"refund-failed:{refund_id}"
    funds.check_new(key)
    failed = funds.find(f"refund:{refund_id}")
    if failed is None:
        raise RefundUnknown(refund_id)
    amount = -failed.amount_on(Account.processor())
    return Entry(
        id=entry_id,
        key=key,
        kind=EntryKind.REFUND,
        session_id=funds.session_id,
        at=at,
        postings=(
            Posting(Account.processor(), amount),
            *put_back(funds, amount, terms=terms),
        ),
    )
