"""Money that has to move at the payment provider: our own rows, which alone decide.

A movement is committed before the provider is asked, and keeps its answer. Providers forget
ids after a day, so a retry after that looks for the first result before making another.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

import attrs

from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.ids import ReversalId
from autodoctor.domain.shared.ids import CheckoutId, RefundId, SessionId, TransferId
from autodoctor.domain.shared.money import Money

FORGOTTEN_AFTER: Final = timedelta(hours=20)
"""Stripe prunes idempotency keys once they are at least 24 h old."""


class MovementStatus(StrEnum):
    """held (the receiver is not ready, or the money is disputed) → due → pending → done; any of
    them → failed, and what was not made yet → void.

    The provider has made what is pending, and its end is open. What is done may still fail: a
    bank can send a refund back weeks later. Failed is for good; another movement takes its place.
    """

    HELD = "held"
    DUE = "due"
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
    VOID = "void"


AT_REST: Final = frozenset({MovementStatus.DONE, MovementStatus.FAILED, MovementStatus.VOID})
NOT_MADE: Final = frozenset({MovementStatus.FAILED, MovementStatus.VOID})
"""Nobody has this money."""
UNSENT: Final = frozenset({MovementStatus.HELD, MovementStatus.DUE})


@attrs.frozen(kw_only=True)
class Movement:
    """`tried_at` is the first try of this `attempt`: what the provider may still remember
    counts from it. A definite no ends an attempt; no answer does not. `failure` is the provider's
    word for why it failed."""

    amount: Money
    created_at: datetime
    status: MovementStatus = MovementStatus.DUE
    provider_id: str | None = None
    attempt: int = 1
    tried_at: datetime | None = None
    done_at: datetime | None = None
    failure: str = ""
    version: int = 0

    def tried(self, *, at: datetime) -> Self:
        return attrs.evolve(self, tried_at=self.tried_at or at)

    def refused(self) -> Self:
        return attrs.evolve(self, attempt=self.attempt + 1, tried_at=None)

    def maybe_made(self, *, at: datetime) -> bool:
        """Whether an earlier try may have worked and been forgotten by the provider."""
        return self.tried_at is not None and at - self.tried_at >= FORGOTTEN_AFTER

    def pending(self, *, provider_id: str) -> Self:
        """The provider has made it; how it ends is open."""
        if self.status not in UNSENT:
            return self
        return attrs.evolve(self, status=MovementStatus.PENDING, provider_id=provider_id)

    def done(self, *, provider_id: str, at: datetime) -> Self:
        if self.status in AT_REST:
            return self
        return attrs.evolve(self, status=MovementStatus.DONE, provider_id=provider_id, done_at=at)

    def failed(self, *, why: str, provider_id: str | None = None) -> Self:
        """Nobody got the money, though they may have had it for a while."""
        if self.status in NOT_MADE:
            return self
        return attrs.evolve(
            self,
            status=MovementStatus.FAILED,
            failure=why,
            provider_id=self.provider_id or provider_id,
        )

    def hold(self) -> Self:
        return self._from(MovementStatus.DUE, MovementStatus.HELD)

    def free(self) -> Self:
        return self._from(MovementStatus.HELD, MovementStatus.DUE)

    def void(self) -> Self:
        """Will not be made any more: what it was for is gone."""
        if self.status not in UNSENT:
            return self
        return attrs.evolve(self, status=MovementStatus.VOID)

    def _from(self, before: MovementStatus, after: MovementStatus) -> Self:
        return attrs.evolve(self, status=after) if self.status is before else self


@attrs.frozen(kw_only=True)
class Transfer(Movement):
    """A party's share of a session on its way to their payout account."""

    id: TransferId
    session_id: SessionId
    account: AccountKind
    owner_id: UUID


@attrs.frozen(kw_only=True)
class Refund(Movement):
    """Money on its way back to the customer. One per checkout and reason."""

    id: RefundId
    checkout_id: CheckoutId
    session_id: SessionId | None
    reason: str


@attrs.frozen(kw_only=True)
class Reversal(Movement):
    """A transfer, or a part of it, taken back because its money goes back."""

    id: ReversalId
    transfer_id: TransferId
    refund_id: RefundId | None
