"""What happens to accounts."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, InvitationId


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


@attrs.frozen
class InvitationSent(Event):
    """The code is not in it: it is mailed in the
    transaction that made it, and kept nowhere."""

    invitation_id: InvitationId
    host: str
    host_id: UUID


@attrs.frozen
class InvitationAccepted(Event):
    invitation_id: InvitationId
    host: str
    host_id: UUID
    account_id: AccountId


@attrs.frozen
class PasswordResetAsked(Event):
    """`account_id` is None when nobody has the address: asking is the same work either way."""

    account_id: AccountId | None


@attrs.frozen
class PasswordChanged(Event):
    account_id: AccountId


@attrs.frozen
class AddressChanged(Event):
    account_id: AccountId


@attrs.frozen
class HatAsked(Event):
    """Somebody who has an account signed up in another role."""

    account_id: AccountId
    role: Role


@attrs.frozen
class RolesChanged(Event):
    account_id: AccountId
    roles: tuple[Role, ...]
    reason: str


@attrs.frozen
class AccountSuspended(Event):
    account_id: AccountId
    reason: str
    until: datetime | None


@attrs.frozen
class AccountBanned(Event):
    account_id: AccountId
    reason: str


@attrs.frozen
class AccountReinstated(Event):
    account_id: AccountId
    reason: str


@attrs.frozen
class SecondFactorChanged(Event):
    """`what` says it in words: "An authenticator app was added." """

    account_id: AccountId
    what: str


@attrs.frozen
class IdentityLinked(Event):
    account_id: AccountId
    provider: str


@attrs.frozen
class AccountClosed(Event):
    account_id: AccountId
