"""Lists about money for staff."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final, Protocol

import attrs

from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.issue import Issue
from autodoctor.domain.revenue.money_check import MoneyCheck
from autodoctor.domain.shared.ids import CustomerId, SessionId
from autodoctor.domain.shared.money import Money

CLOSED_ISSUES_MAX: Final = 100


@attrs.frozen(kw_only=True)
class PaidFor:
    """Who made the payment that an issue is about, and for which plan."""

    customer_id: CustomerId
    customer_name: str
    plan_name: str


@attrs.frozen(kw_only=True)
class OpenDispute:
    """A payment that a customer's bank is looking into. `provider_id` is Stripe's number of it."""

    provider_id: str
    session_id: SessionId | None
    paid_for: PaidFor
    amount: Money
    opened_at: datetime


class MoneyQueries(Protocol):
    def open_issues(self) -> tuple[Issue, ...]:
        """Money that needs a person, oldest first."""

    def closed_issues(self) -> tuple[Issue, ...]:
        """The newest `CLOSED_ISSUES_MAX` that were dealt with, newest first."""

    def paid_for(self, issues: Collection[IssueId], /) -> Mapping[IssueId, PaidFor]:
        """Issues that are about no customer's payment are left out."""

    def open_disputes(self) -> tuple[OpenDispute, ...]:
        """Oldest first: the bank's deadline for an answer runs."""

    def entries_without_postings(self) -> tuple[str, ...]:
        """Their keys. There are none, unless somebody got round the ledger's triggers."""

    def last_check(self) -> MoneyCheck | None:
        """The newest comparison with the provider."""
