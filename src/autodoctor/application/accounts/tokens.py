"""Secrets that travel: cookies and mailed links. Only their SHA-256 is kept."""

from datetime import datetime
from hashlib import sha256

from autodoctor.domain.accounts.account import Account
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.ports.transactions import Transaction


def digest(token: str) -> bytes:
    return sha256(token.encode()).digest()


def taken(tx: Transaction, token: str, *, purpose: TokenPurpose, at: datetime) -> Account | None:
    """Whose link it was, locked; None when it is unknown, used, void or expired. The account is
    locked first: what ends all links of an account at the same time does it in the same order."""
    owner = tx.tokens.owner_of(digest(token), purpose=purpose, at=at)
    if owner is None:
        return None
    account = tx.accounts.get(owner, lock=True)
    used = tx.tokens.take(digest(token), purpose=purpose, at=at)
    return None if used is None else account
