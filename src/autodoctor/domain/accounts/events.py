"""What happens to accounts."""

import attrs

from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId


@attrs.frozen
class AccountOpened(Event):
    account_id: AccountId
    role: Role


@attrs.frozen
class VerificationAsked(Event):
    account_id: AccountId


@attrs.frozen
class AccountVerified(Event):
    account_id: AccountId
