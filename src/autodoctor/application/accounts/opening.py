"""Opening a customer's account by another provider's word."""

import attrs

from autodoctor.application.accounts.verifying import end_other_sign_ups
from autodoctor.domain.accounts.account import NAME_LENGTH_MAX, Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import AccountOpened
from autodoctor.domain.accounts.identity import Identity
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.accounts import EmailTaken
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class LogInToLink(Conflict):
    """There is an account with this address: log in to it, then link the provider."""

    role: Role


def open_customer(
    ports: Ports, tx: Transaction, *, email: EmailAddress, name: str, provider: str, subject: str
) -> Account:
    """For who has shown that the address is theirs; they still have to agree to what customers
    agree to. Raises LogInToLink when somebody has the address, then IdentityTaken."""
    at = ports.now()
    account = Account(
        id=AccountId(ports.ids.new()),
        email=email,
        name=usable_name(name) or _name_of(email),
        password_hash="",
        roles=frozenset({Role.CUSTOMER}),
        created_at=at,
        verified_at=at,
    )
    end_other_sign_ups(ports, tx, account, at=at)
    try:
        tx.accounts.add(account)
    except EmailTaken as taken:
        raise LogInToLink(Role.CUSTOMER) from taken
    tx.identities.add(Identity(provider, subject, account.id, at))
    tx.outbox.record(AccountOpened(account.id, Role.CUSTOMER), by=SYSTEM, at=at)
    return account


def usable_name(said: str) -> str:
    """As a provider says it, when it can be a name here; else ""."""
    name = " ".join(said.split())
    return name if 2 <= len(name) <= NAME_LENGTH_MAX and name.isprintable() else ""


def _name_of(email: EmailAddress) -> str:
    return email.text.partition("@")[0].ljust(2, "_")[:NAME_LENGTH_MAX]


def label_of(ports: Ports, slug: str) -> str:
    return next((one.label for one in ports.providers.offered() if one.slug == slug), slug)
