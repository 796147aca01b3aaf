"""The ledger's accounts: what they hold, and whose they are."""

from enum import StrEnum
from typing import Self
from uuid import UUID

import attrs

from autodoctor.domain.shared.ids import MechanicId, SessionId, WorkshopId


class AccountKind(StrEnum):
    PROCESSOR = "processor"
    """Cash at the payment provider, before the provider's own fees. Normally a debit."""
    HELD = "held"
    """Owed to the customer until a session is done; one account per session. A credit."""
    PLATFORM = "platform"
    """Our revenue. A credit."""
    MECHANIC = "mechanic"
    """Payable to a mechanic. A credit; a debit is what the mechanic owes us."""
    WORKSHOP = "workshop"
    """Payable to a workshop. A credit; a debit is what the workshop owes us."""
    DISPUTED = "disputed"
    """Taken by the customer's bank until a dispute is decided; one per session. A debit."""
    OWED = "owed"
    """Owed to the customer since a refund failed; one account per session. A credit."""
    BANK = "bank"
    """What our own bank account paid or got, past the payment provider."""
    LOSSES = "losses"
    """Lost in disputes beyond what was still kept of the session. A debit."""


OWNERLESS = frozenset(
    {AccountKind.PROCESSOR, AccountKind.PLATFORM, AccountKind.BANK, AccountKind.LOSSES}
)
PAYABLE = frozenset({AccountKind.MECHANIC, AccountKind.WORKSHOP})


@attrs.frozen
class Account:
    """A kind and, unless there is one for all, the id of its owner."""

    kind: AccountKind
    owner: UUID | None = None

    def __attrs_post_init__(self) -> None:
        assert (self.owner is None) == (self.kind in OWNERLESS), f"{self.kind}: owner?"

    @classmethod
    def processor(cls) -> Self:
        return cls(AccountKind.PROCESSOR)

    @classmethod
    def held(cls, session_id: SessionId) -> Self:
        return cls(AccountKind.HELD, session_id)

    @classmethod
    def platform(cls) -> Self:
        return cls(AccountKind.PLATFORM)

    @classmethod
    def mechanic(cls, mechanic_id: MechanicId) -> Self:
        return cls(AccountKind.MECHANIC, mechanic_id)

    @classmethod
    def workshop(cls, workshop_id: WorkshopId) -> Self:
        return cls(AccountKind.WORKSHOP, workshop_id)

    @classmethod
    def disputed(cls, session_id: SessionId) -> Self:
        return cls(AccountKind.DISPUTED, session_id)

    @classmethod
    def owed(cls, session_id: SessionId) -> Self:
        return cls(AccountKind.OWED, session_id)

    @classmethod
    def bank(cls) -> Self:
        return cls(AccountKind.BANK)

    @classmethod
    def losses(cls) -> Self:
        return cls(AccountKind.LOSSES)

    @property
    def is_payable(self) -> bool:
        """Whether money on it is paid out to somebody."""
        return self.kind in PAYABLE

    def __str__(self) -> str:
        return self.kind if self.owner is None else f"{self.kind}:{self.owner}"
