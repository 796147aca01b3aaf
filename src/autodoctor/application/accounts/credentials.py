"""Whose password it is, by one hash.

Any number of sign-ups may wait with an address, each with a password of its own. All of them, and
the account that has verified it, keep their hash under one salt: what is typed is hashed once and
looked up, and the work tells nobody what is known of the address.
"""

from hmac import compare_digest
from typing import Final

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.ports.bundle import Ports

NOBODY: Final = EmailAddress("nobody@invalid")
"""Stands for what was typed and is no address: no account can have it."""


def owner_of(ports: Ports, email: str) -> tuple[EmailAddress, Account | None]:
    """The address as it was typed, and the account that has verified it."""
    try:
        parsed = EmailAddress.parse(email)
    except InvalidField:
        return NOBODY, None
    with ports.transactions(SYSTEM) as tx:
        return parsed, tx.accounts.by_email(parsed)


def with_password(
    ports: Ports, email: EmailAddress, password: str, *, owner: Account | None
) -> Account | None:
    """The owner of the address, or the newest of the sign-ups that wait with it, whoever has this
    password. Raises PasswordsBusy."""
    hashes = ports.passwords.hashes_for(email, password, beside=_hash_of(owner))
    with ports.transactions(SYSTEM) as tx:
        waiting = [tx.accounts.pending_with(email, each) for each in hashes]
    is_owner = any(compare_digest(_hash_of(owner).encode(), each.encode()) for each in hashes)
    return owner if is_owner else next(filter(None, waiting), None)


def sign_up_hash(ports: Ports, email: EmailAddress, password: str) -> str:
    """As strong as that of the address's owner, so that a login need not hash for each of them."""
    owner = _owner(ports, email)
    return ports.passwords.hashes_for(email, password, beside=_hash_of(owner))[0]


def new_hash(ports: Ports, email: EmailAddress, password: str) -> str:
    """For an account there is. The salt stays: who has signed up with the address meanwhile is
    not to see from their login that its owner has a new password."""
    return ports.passwords.hash_for(email, password, beside=_hash_of(_owner(ports, email)))


def _owner(ports: Ports, email: EmailAddress) -> Account | None:
    with ports.transactions(SYSTEM) as tx:
        return tx.accounts.by_email(email)


def _hash_of(account: Account | None) -> str:
    return account.password_hash if account is not None else ""
