"""Keeping invitations, known by the SHA-256 of their code."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import Invitation
from autodoctor.domain.shared.ids import InvitationId
from autodoctor.ports.stores import Store


class Invitations(Store[Invitation, InvitationId], Protocol):
    """`add` raises Stale for a code that is known."""

    def by_code(self, code_hash: bytes, /) -> Invitation | None: ...

    def pending(self, host_id: UUID, email: EmailAddress, /, *, at: datetime) -> Invitation | None:
        """The one that can still be accepted; the newest of several."""

    def of_host(self, host_id: UUID, /) -> tuple[Invitation, ...]:
        """Newest first."""
