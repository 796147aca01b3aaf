"""Lists about money for staff."""

from typing import Final, Protocol

from autodoctor.domain.revenue.issue import Issue

CLOSED_ISSUES_MAX: Final = 100


class MoneyQueries(Protocol):
    def open_issues(self) -> tuple[Issue, ...]:
        """Money that needs a person, oldest first."""

    def closed_issues(self) -> tuple[Issue, ...]:
        """The newest `CLOSED_ISSUES_MAX` that were dealt with, newest first."""
