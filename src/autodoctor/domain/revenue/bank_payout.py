"""A payout: money on its way from somebody's payout account to their own bank.

The provider makes it, and the money is not in our books any more; we follow it to tell its owner
when their bank sends it back.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

import attrs

from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.shared.money import Money


class PayoutStatus(StrEnum):
    """pending → paid | failed | canceled; what was paid may still fail for some days."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CANCELED = "canceled"


_FINAL: Final = frozenset({PayoutStatus.FAILED, PayoutStatus.CANCELED})


@attrs.frozen(kw_only=True)
class Payout:
    id: UUID
    provider_id: str
    account: AccountKind
    owner_id: UUID
    amount: Money
    status: PayoutStatus
    failure: str = ""
    created_at: datetime
    version: int = 0

    def become(self, status: PayoutStatus, *, failure: str) -> Self:
        """What the provider says it is now; never back from a failure, nor from paid to pending."""
        if self.status in _FINAL or status is PayoutStatus.PENDING:
            return self
        return attrs.evolve(self, status=status, failure=failure)
