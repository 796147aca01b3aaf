"""Lists about money for staff, over what was committed in memory."""

from collections.abc import Collection, Mapping

import attrs

from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.issue import Issue
from autodoctor.domain.revenue.money_check import MoneyCheck
from autodoctor.domain.shared.ids import CheckoutId, CustomerId, PlanSlug
from autodoctor.ports.money_queries import CLOSED_ISSUES_MAX, OpenDispute, PaidFor


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
            return self._named(session.customer_id, session.terms.plan)
        if issue.checkout_id is not None:
            return self._paid_with(issue.checkout_id)
        return None

    def _paid_with(self, checkout_id: CheckoutId) -> PaidFor:
        checkout = self._kept.tables.checkouts[checkout_id]
        return self._named(checkout.customer_id, checkout.plan)

    def _named(self, customer: CustomerId, plan: PlanSlug) -> PaidFor:
        tables = self._kept.tables
        name = tables.accounts[customer].name
        return PaidFor(customer_id=customer, customer_name=name, plan_name=tables.plans[plan].name)

    def open_disputes(self) -> tuple[OpenDispute, ...]:
        found = (each for each in self._kept.tables.disputes.values() if each.closed_at is None)
        return tuple(
            OpenDispute(
                provider_id=each.provider_id,
                session_id=each.session_id,
                paid_for=self._paid_with(each.checkout_id),
                amount=each.amount,
                opened_at=each.opened_at,
            )
            for each in sorted(found, key=lambda each: (each.opened_at, each.id))
        )

    def entries_without_postings(self) -> tuple[str, ...]:
        """An entry in memory cannot be made without them."""
        return ()

    def last_check(self) -> MoneyCheck | None:
        checks = self._kept.tables.money_checks.values()
        return max(checks, key=lambda each: each.at, default=None)
