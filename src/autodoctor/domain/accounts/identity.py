"""Being known by another provider: Google, Facebook, Apple, a company's own."""

from datetime import datetime

import attrs

from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId


@attrs.frozen
class Identity:
    """`subject` is the provider's own, unchanging name for the person."""

    provider: str
    subject: str
    account_id: AccountId
    linked_at: datetime


@attrs.frozen
class Claimed:
    """Who somebody is by a provider's word. `email` counts only when `email_verified`."""

    provider: str
    subject: str
    email: str = ""
    email_verified: bool = False
    name: str = ""


@attrs.frozen
class Visit:
    """Somebody is at a provider and will come back. `account_id` is set when they are signed
    in and link the provider to their account; `following` is where they go on to."""

    state_hash: bytes
    provider: str
    role: Role
    nonce: str = attrs.field(repr=False)
    verifier: str = attrs.field(repr=False)
    expires_at: datetime
    account_id: AccountId | None = None
    following: str = ""
