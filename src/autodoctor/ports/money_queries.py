"""Lists about money for staff."""

from typing import Final, Protocol

from autodoctor.domain.revenue.issue import Issue
from autodoctor.domain.revenue.money_check import MoneyCheck

CLOSED_ISSUES_MAX: Final = 100


class MoneyQueries(Protocol):
    def open_issues(self) -> tuple[Issue, ...]:
        """Money that needs a person, oldest first."""

    def closed_issues(self) -> tuple[Issue, ...]:
        """The newest `CLOSED_ISSUES_MAX` that were dealt with, newest first."""

    def entries_without_postings(self) -> tuple[str, ...]:
        """Their keys. There are none, unless somebody got round the ledger's triggers."""

    def last_check(self) -> MoneyCheck | None:
        """The newest comparison with the provider."""
