"""What happens to accounts."""

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
