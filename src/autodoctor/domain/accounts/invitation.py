"""An invitation: a workshop or a company asks one person, by mail, with a code that works once."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

import attrs

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import InvitationAccepted, InvitationSent
from autodoctor.domain.shared.errors import Conflict, Forbidden, Gone
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, InvitationId

LASTS: Final = timedelta(days=7)
CODE_LENGTH: Final = 32
"""Hexadecimal digits: 128 bits, of which only the SHA-256 is kept."""


class Host(StrEnum):
    """Who invites."""

    WORKSHOP = "workshop"
    ORGANIZATION = "organization"


class InvitationStatus(StrEnum):
    """As people read it; `EXPIRED` follows from the clock and is stored nowhere."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


@attrs.frozen
class InvitationNotYours(Forbidden):
    """This invitation was sent to another address; sign up with that one."""


@attrs.frozen
class InvitationUsed(Conflict):
    """This invitation was used already."""


@attrs.frozen
class InvitationExpired(Gone):
    """This invitation has expired; ask for a new one."""


@attrs.frozen
class CapacityFull(Conflict):
    """There is no place left in this team."""

    capacity: int


@attrs.frozen(kw_only=True)
class Invitation:
    """`place` is what the person becomes there: a mechanic, or a seat of its staff."""

    id: InvitationId
    host: Host
    host_id: UUID
    email: EmailAddress
    place: str
    code_hash: bytes = attrs.field(repr=False)
    invited_by: AccountId
    created_at: datetime
    expires_at: datetime
    accepted_by: AccountId | None = None
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None
    version: int = 0

    def status(self, *, at: datetime) -> InvitationStatus:
        if self.accepted_at is not None:
            return InvitationStatus.ACCEPTED
        if self.revoked_at is not None:
            return InvitationStatus.REVOKED
        return InvitationStatus.EXPIRED if at >= self.expires_at else InvitationStatus.PENDING

    def accept(
        self, *, email: EmailAddress, account_id: AccountId, at: datetime
    ) -> tuple["Invitation", tuple[Event, ...]]:
        """Accepting again is the same for the one who did. Refusals, in order:
        InvitationNotYours, InvitationUsed, InvitationExpired (also when it was taken back);
        whether there is room is the host's question."""
        if email != self.email:
            raise InvitationNotYours()
        if self.accepted_by == account_id:
            return self, ()
        if self.accepted_at is not None:
            raise InvitationUsed()
        if self.status(at=at) is not InvitationStatus.PENDING:
            raise InvitationExpired()
        after = attrs.evolve(self, accepted_by=account_id, accepted_at=at)
        return after, (InvitationAccepted(self.id, self.host, self.host_id, account_id),)

    def revoke(self, *, at: datetime) -> "Invitation":
        """Taking it back again changes nothing. Raises InvitationUsed."""
        if self.accepted_at is not None:
            raise InvitationUsed()
        return self if self.revoked_at else attrs.evolve(self, revoked_at=at)


def invite(
    *,
    invitation_id: InvitationId,
    host: Host,
    host_id: UUID,
    email: EmailAddress,
    place: str,
    code_hash: bytes,
    by: AccountId,
    at: datetime,
) -> tuple[Invitation, tuple[Event, ...]]:
    made = Invitation(
        id=invitation_id,
        host=host,
        host_id=host_id,
        email=email,
        place=place,
        code_hash=code_hash,
        invited_by=by,
        created_at=at,
        expires_at=at + LASTS,
    )
    return made, (InvitationSent(invitation_id, host, host_id),)
