"""Taking an amount back from a session's money, and putting one back.

Money that is owed to the customer already goes first, then what is still held. Beyond that the
parties give back, each just so much that what they keep is exactly the split of what is kept.
"""

import attrs

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ledger import Posting
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import SessionId
from autodoctor.domain.shared.money import Money


@attrs.frozen
class TermsDiffer(Conflict):
    """The session was split on other terms than these."""

    session_id: SessionId


def taken_back(funds: Funds, amount: Money, *, terms: Terms | None) -> tuple[Posting, ...]:
    """Debits of owed and held money and of earnings that sum to the amount, which the session
    must have.

    Terms are needed once the session is split. Raises TermsDiffer.
    """
    owed = min(amount, funds.owed)
    held = min(amount - owed, funds.held)
    parts = ((Account.owed(funds.session_id), owed), (Account.held(funds.session_id), held))
    postings = tuple(Posting(account, part) for account, part in parts if part)
    return postings + _regrade(funds, funds.earned - (amount - owed - held), terms)


def put_back(funds: Funds, amount: Money, *, terms: Terms | None) -> tuple[Posting, ...]:
    """Credits that sum to the amount: to the parties once the session is split, else held.

    Raises TermsDiffer.
    """
    if funds.is_split:
        return _regrade(funds, funds.earned + amount, terms)
    return (Posting(Account.held(funds.session_id), -amount),)


def _regrade(funds: Funds, earned: Money, terms: Terms | None) -> tuple[Posting, ...]:
    """Postings that bring the parties from what they earn to their split of `earned`."""
    if earned == funds.earned:
        return ()
    now = funds.earnings
    if terms is None or terms.credits(funds.earned) != now:
        raise TermsDiffer(funds.session_id)
    then = terms.credits(earned)
    zero = Money.zero(earned.currency)
    changes = {each: now.get(each, zero) - then.get(each, zero) for each in now | then}
    return tuple(Posting(each, change) for each, change in changes.items() if change)
