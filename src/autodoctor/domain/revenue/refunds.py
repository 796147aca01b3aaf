"""Money going back to the customer.

A refund is posted when it is decided, before the provider is asked, so that no two can give
back the same money. One that need not be made any more is taken back by `refund_withdrawn`; one
that the provider or the customer's bank did not carry out leaves the customer's money owed to
them (`refund_failed`), until it is refunded again or paid in another way (`settlement`). Whoever
was paid more than they now earn is told by `reversals_due`.
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


def still_due(due: Money, *, given: Money, kept: Money) -> Money:
    """What a refund of `due` in all still brings, when `given` went back before, by whomever, and
    `kept` is left of the payment. Whoever promises a refund, and who makes it, asks this."""
    return max(min(due - given, kept), Money.zero(due.currency))


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


def refund_found(
    funds: Funds,
    *,
    refund_id: RefundId,
    amount: Money,
    terms: Terms | None = None,
    entry_id: EntryId,
    at: datetime,
) -> Entry:
    """Somebody gave money back at the provider: it is gone, whatever we think of it. What is
    beyond all that the session still has is our loss.

    Raises AlreadyPosted, AmountNotPositive, TermsDiffer, in this order.
    """
    key = f"refund:{refund_id}"
    funds.check_new(key)
    check_positive(amount)
    taken = min(amount, funds.kept)
    lost = amount - taken
    return Entry(
        id=entry_id,
        key=key,
        kind=EntryKind.REFUND,
        session_id=funds.session_id,
        at=at,
        postings=(
            *taken_back(funds, taken, terms=terms),
            *((Posting(Account.losses(), lost),) if lost else ()),
            Posting(Account.processor(), -amount),
        ),
    )


def refund_withdrawn(
    funds: Funds,
    *,
    refund_id: RefundId,
    terms: Terms | None = None,
    entry_id: EntryId,
    at: datetime,
) -> Entry:
    """The refund will not be made: the money is the session's again.

    Raises AlreadyPosted (after a failure, too), RefundUnknown, TermsDiffer, in this order.
    """
    amount = -_unmade(funds, refund_id).amount_on(Account.processor())
    return Entry(
        id=entry_id,
        key=_unmade_key(refund_id),
        kind=EntryKind.REFUND,
        session_id=funds.session_id,
        at=at,
        postings=(
            Posting(Account.processor(), amount),
            *put_back(funds, amount, terms=terms),
        ),
    )


def refund_failed(funds: Funds, *, refund_id: RefundId, entry_id: EntryId, at: datetime) -> Entry:
    """The money did not reach the customer, and is still theirs; but what went beyond all that
    the session had (`refund_found`) was never theirs.

    Raises AlreadyPosted (after a withdrawal, too), RefundUnknown, in this order.
    """
    posted = _unmade(funds, refund_id)
    amount = -posted.amount_on(Account.processor())
    beyond = posted.amount_on(Account.losses())
    parts = ((Account.owed(funds.session_id), amount - beyond), (Account.losses(), beyond))
    return Entry(
        id=entry_id,
        key=_unmade_key(refund_id),
        kind=EntryKind.REFUND_FAILED,
        session_id=funds.session_id,
        at=at,
        postings=(
            Posting(Account.processor(), amount),
            *(Posting(account, -part) for account, part in parts if part),
        ),
    )


def _unmade(funds: Funds, refund_id: RefundId) -> Entry:
    funds.check_new(_unmade_key(refund_id))
    posted = funds.find(f"refund:{refund_id}")
    if posted is None:
        raise RefundUnknown(refund_id)
    return posted


def _unmade_key(refund_id: RefundId) -> str:
    # One key for both: a refund that was not made is either withdrawn or has failed.
    return f"refund-failed:{refund_id}"
