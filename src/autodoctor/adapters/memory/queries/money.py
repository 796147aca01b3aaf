"""Lists about money for staff, over what was committed in memory."""

import attrs

from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.revenue.issue import Issue
from autodoctor.domain.revenue.money_check import MoneyCheck
from autodoctor.ports.money_queries import CLOSED_ISSUES_MAX


@attrs.frozen
class MemoryMoneyQueries:
    _kept: MemoryTransactions

    def open_issues(self) -> tuple[Issue, ...]:
        issues = self._kept.tables.money_issues.values()
        mine = (each for each in issues if each.closed_at is None)
        return tuple(sorted(mine, key=lambda each: (each.opened_at, each.id)))

    def closed_issues(self) -> tuple[Issue, ...]:
        issues = self._kept.tables.money_issues.values()
        closed = [(each.closed_at, each.id, each) for each in issues if each.closed_at is not None]
        newest = sorted(closed, key=lambda found: found[:2], reverse=True)
        return tuple(issue for _, _, issue in newest[:CLOSED_ISSUES_MAX])

    def entries_without_postings(self) -> tuple[str, ...]:
        """An entry in memory cannot be made without them."""
        return ()

    def last_check(self) -> MoneyCheck | None:
        checks = self._kept.tables.money_checks.values()
        return max(checks, key=lambda each: each.at, default=None)
