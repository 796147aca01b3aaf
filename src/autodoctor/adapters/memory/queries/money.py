"""Lists about money for staff, over what was committed in memory."""

from collections.abc import Collection, Mapping

import attrs

from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.issue import Issue
from autodoctor.domain.revenue.money_check import MoneyCheck
from autodoctor.ports.money_queries import CLOSED_ISSUES_MAX, PaidFor


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

    def paid_for(self, issues: Collection[IssueId], /) -> Mapping[IssueId, PaidFor]:
        found = (self._kept.tables.money_issues[each] for each in issues)
        return {each.id: paid for each in found if (paid := self._paid_for(each))}

    def _paid_for(self, issue: Issue) -> PaidFor | None:
        tables = self._kept.tables
        if issue.session_id is not None:
            session = tables.sessions[issue.session_id]
            customer, plan = session.customer_id, session.terms.plan
        elif issue.checkout_id is not None:
            checkout = tables.checkouts[issue.checkout_id]
            customer, plan = checkout.customer_id, checkout.plan
        else:
            return None
        name = tables.accounts[customer].name
        return PaidFor(customer_id=customer, customer_name=name, plan_name=tables.plans[plan].name)

    def entries_without_postings(self) -> tuple[str, ...]:
        """An entry in memory cannot be made without them."""
        return ()

    def last_check(self) -> MoneyCheck | None:
        checks = self._kept.tables.money_checks.values()
        return max(checks, key=lambda each: each.at, default=None)
