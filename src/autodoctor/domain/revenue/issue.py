"""Money that needs a person: something that failed, or that somebody did at the provider."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

import attrs

from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId, CheckoutId, SessionId
from autodoctor.domain.shared.money import Money


class IssueKind(StrEnum):
    REFUND_FAILED = "refund_failed"
    """The customer's bank sent a refund back, or the provider did not make it."""
    REFUND_AT_PROVIDER = "refund_at_provider"
    """Somebody refunded a payment on the provider's own pages."""
    AMOUNT_DIFFERS = "amount_differs"
    """A payment was of another amount than the booking's price; it goes back."""
    TRANSFER_FAILED = "transfer_failed"
    """The provider did not pay a share out; it is still owed."""
    REVERSAL_FAILED = "reversal_failed"
    """A payout could not be taken back; its receiver owes it to us."""
    REVERSAL_AT_PROVIDER = "reversal_at_provider"
    """Somebody took a payout back on the provider's own pages."""
    PAYOUT_FAILED = "payout_failed"
    """The bank of a mechanic or workshop sent their payout back."""


RETRIABLE: Final = frozenset(
    {IssueKind.REFUND_FAILED, IssueKind.TRANSFER_FAILED, IssueKind.REVERSAL_FAILED}
)
"""Those that leave a debt, which another try or another way to pay settles."""


class Resolution(StrEnum):
    RETRIED = "retried"
    SETTLED = "settled"
    """Paid past the provider."""
    NOTED = "noted"
    """Nothing more to do."""
    PAID = "paid"
    """The debt was paid without it, for example by a refund at the provider: nobody closed it."""


@attrs.frozen
class IssueClosed(Conflict):
    """This has been dealt with already."""

    issue_id: IssueId


@attrs.frozen
class StillOwed(Conflict):
    """The customer is still owed this: use "Try again" or "Paid another way"."""

    issue_id: IssueId
    owed: Money


@attrs.frozen
class NotRetriable(Conflict):
    """There is no debt to settle here; close it with a note."""

    kind: IssueKind


@attrs.frozen(kw_only=True)
class Issue:
    """One per kind and subject: the refund, transfer, reversal, checkout or payout it is about.
    `detail` is the provider's word for what happened."""

    id: IssueId
    kind: IssueKind
    subject_id: UUID
    session_id: SessionId | None
    checkout_id: CheckoutId | None
    amount: Money
    detail: str
    opened_at: datetime
    resolution: Resolution | None = None
    note: str = ""
    closed_at: datetime | None = None
    closed_by: AccountId | None = None
    version: int = 0

    def check_retriable(self) -> None:
        """Raises IssueClosed, NotRetriable."""
        if self.resolution is not None:
            raise IssueClosed(self.id)
        if self.kind not in RETRIABLE:
            raise NotRetriable(self.kind)

    def close(self, how: Resolution, *, note: str, by: AccountId, at: datetime) -> Self:
        """Raises IssueClosed."""
        if self.resolution is not None:
            raise IssueClosed(self.id)
        return attrs.evolve(self, resolution=how, note=note, closed_by=by, closed_at=at)

    def close_paid(self, *, at: datetime) -> Self:
        """What it is about is not owed any more. Raises IssueClosed."""
        if self.resolution is not None:
            raise IssueClosed(self.id)
        return attrs.evolve(self, resolution=Resolution.PAID, closed_at=at)


def paid_by_now(issues: Iterable[Issue], owed: Money) -> tuple[Issue, ...]:
    """Which of the open issues about failed refunds of a payment are paid, when `owed` is still
    owed of it: the oldest, so that the rest is at least what is owed."""
    paid = []
    for issue in sorted(issues, key=lambda each: (each.opened_at, each.id), reverse=True):
        if owed.minor <= 0:
            paid.append(issue)
        owed -= min(owed, issue.amount)
    return tuple(paid)
