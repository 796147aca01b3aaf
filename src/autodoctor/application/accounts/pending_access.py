"""What was begun with an account, and ends when somebody shows that it is theirs."""

from datetime import datetime

from autodoctor.application.accounts.logins import end_logins
from autodoctor.domain.shared.ids import AccountId, LoginId
from autodoctor.ports.transactions import Transaction


def end_pending_access(
    tx: Transaction, account_id: AccountId, *, at: datetime, but: LoginId | None = None
) -> None:
    """After a new password or address: whoever knew the old one finishes nothing that they began
    with it. Links to a new address, to a new password, to another role and to verify an address
    are void; nobody comes back from a provider to link it; a factor that was set up half-way is
    gone; every login but `but` ends. The account is locked: who opens a link at the same time
    locks it before they take the link."""
    tx.tokens.void(account_id)
    tx.visits.drop_of(account_id)
    app = tx.factors.totp(account_id, lock=True)
    if app is not None and not app.confirmed:
        tx.factors.drop(account_id)
    if but is not None:
        tx.logins.take_challenge(but)
    end_logins(tx, account_id, at=at, but=but)
