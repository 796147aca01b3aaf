"""What the payees of a session earn, compared before and after its money went back."""

from collections.abc import Mapping
from datetime import datetime

from autodoctor.application.payments.holding import Holding
from autodoctor.application.payments.movements import terms_of
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.events import EarningsReduced
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.money import Money
from autodoctor.ports.transactions import Transaction

Shares = Mapping[Account, Money]


def shares(tx: Transaction, holding: Holding) -> Shares:
    """By payee: what they earn, or would earn if the session were completed now."""
    if holding.session is None:
        return {}
    session, funds = tx.sessions.get(holding.session.id), holding.funds(tx)
    earned = funds.earnings
    if not funds.is_split:
        if session.mechanic_id is None or session.ended:
            return {}
        earned = terms_of(tx, session).credits(funds.held)
    return {account: amount for account, amount in earned.items() if account.is_payable}


def record_reductions(
    tx: Transaction,
    holding: Holding,
    before: Shares,
    *,
    at: datetime,
    called_off: bool = False,
    disputed: bool = False,
) -> None:
    """Tells each payee who earns less than `before`."""
    now = shares(tx, holding)
    for account, had in before.items():
        left = now.get(account, Money.zero(had.currency))
        if left < had:
            assert holding.session is not None, "only sessions have payees"
            assert account.owner is not None, "payees are somebody"
            less = EarningsReduced(
                holding.session.id,
                account.kind,
                account.owner,
                had - left,
                left,
                called_off=called_off,
                disputed=disputed,
            )
            tx.outbox.record(less, by=SYSTEM, at=at)
