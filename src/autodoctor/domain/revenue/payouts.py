"""Money going out to mechanics and workshops, and coming back from them.

Transfers and reversals are posted when they are decided, before the provider is asked, so that
no second one can be decided meanwhile; a refusal by the provider is answered by
`transfer_failed` or `reversal_failed`. After the latter the receiver owes us the money, and the
payable is negative. After a refund, post the refund before the reversal: the other way round
the money that came back looks payable again.
"""

from datetime import datetime

import attrs

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import Funds, check_positive
from autodoctor.domain.revenue.ids import ReversalId
from autodoctor.domain.revenue.ledger import Entry, EntryKind, Posting
from autodoctor.domain.revenue.transfers import PaidOut, paid_out
from autodoctor.domain.shared.errors import Conflict, NotFound
from autodoctor.domain.shared.ids import EntryId, TransferId
from autodoctor.domain.shared.money import Money


@attrs.frozen
class TransferExceedsPayable(Conflict):
    """A transfer pays out at most what is payable."""

    asked: Money
    payable: Money


@attrs.frozen
class ReversalUnknown(NotFound):
    """There is no such reversal in this session."""

    reversal_id: ReversalId


@attrs.frozen
class ReversalExceedsTransfer(Conflict):
    """A transfer's reversals take back at most what it paid."""

    asked: Money
    remaining: Money


def transfer(
    funds: Funds,
    *,
    to: Account,
    amount: Money,
    transfer_id: TransferId,
    entry_id: EntryId,
    at: datetime,
) -> Entry:
    """Pay a mechanic or workshop all or part of what this session made payable to them.

    Raises AlreadyPosted, AmountNotPositive, DisputeOpen, TransferExceedsPayable, in this order.
    """
    assert to.is_payable, f"{to} is nobody to pay"
    key = f"transfer:{transfer_id}"
    funds.check_new(key)
    check_positive(amount)
    funds.check_undisputed()
    if funds.payable(to) < amount:
        raise TransferExceedsPayable(amount, funds.payable(to))
    return Entry(
        id=entry_id,
        key=key,
        kind=EntryKind.TRANSFER,
        session_id=funds.session_id,
        at=at,
        postings=(Posting(to, amount), Posting(Account.processor(), -amount)),
    )


def transfer_failed(
    funds: Funds, *, transfer_id: TransferId, entry_id: EntryId, at: datetime
) -> Entry:
    """The provider did not make the transfer: its amount is payable again.

    Raises AlreadyPosted, TransferUnknown, ReversalExceedsTransfer, in this order.
    """
    key = f"transfer-failed:{transfer_id}"
    funds.check_new(key)
    paid = paid_out(funds, transfer_id)
    return _take_back(funds, key, paid=paid, amount=paid.amount, entry_id=entry_id, at=at)


def reversal(
    funds: Funds,
    *,
    transfer_id: TransferId,
    amount: Money,
    reversal_id: ReversalId,
    entry_id: EntryId,
    at: datetime,
) -> Entry:
    """All or part of a transfer is taken back.

    Raises AlreadyPosted, AmountNotPositive, TransferUnknown, ReversalExceedsTransfer, in
    this order.
    """
    key = f"reversal:{transfer_id}:{reversal_id}"
    funds.check_new(key)
    check_positive(amount)
    paid = paid_out(funds, transfer_id)
    return _take_back(funds, key, paid=paid, amount=amount, entry_id=entry_id, at=at)


def reversal_failed(
    funds: Funds,
    *,
    transfer_id: TransferId,
    reversal_id: ReversalId,
    entry_id: EntryId,
    at: datetime,
) -> Entry:
    """The provider did not take it back: the receiver still has the money.

    Raises AlreadyPosted, ReversalUnknown, in this order.
    """
    key = f"reversal-failed:{transfer_id}:{reversal_id}"
    funds.check_new(key)
    posted = funds.find(f"reversal:{transfer_id}:{reversal_id}")
    if posted is None:
        raise ReversalUnknown(reversal_id)
    return Entry(
        id=entry_id,
        key=key,
        kind=EntryKind.REVERSAL_FAILED,
        session_id=funds.session_id,
        at=at,
        postings=tuple(Posting(each.account, -each.amount) for each in posted.postings),
    )


def _take_back(
    funds: Funds, key: str, *, paid: PaidOut, amount: Money, entry_id: EntryId, at: datetime
) -> Entry:
    if paid.remaining < amount:
        raise ReversalExceedsTransfer(amount, paid.remaining)
    return Entry(
        id=entry_id,
        key=key,
        kind=EntryKind.REVERSAL,
        session_id=funds.session_id,
        at=at,
        postings=(Posting(Account.processor(), amount), Posting(paid.to, -amount)),
    )
