"""Lists about money for staff."""

from collections.abc import Collection, Mapping

import attrs
from sqlalchemy import Engine, RowMapping, bindparam, exists, func, select

from autodoctor.adapters.postgres.money_issues import check_of, issue_of
from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.booking import checkouts
from autodoctor.adapters.postgres.tables.money import (
    disputes,
    entries,
    money_checks,
    money_issues,
    postings,
)
from autodoctor.adapters.postgres.tables.plans import plans
from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.issue import Issue
from autodoctor.domain.revenue.money_check import MoneyCheck
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.money_queries import CLOSED_ISSUES_MAX, OpenDispute, PaidFor

_OPEN = (
    select(money_issues)
    .where(money_issues.c.resolution.is_(None))
    .order_by(money_issues.c.opened_at, money_issues.c.id)
)
_CLOSED = (
    select(money_issues)
    .where(money_issues.c.resolution.is_not(None))
    .order_by(money_issues.c.closed_at.desc(), money_issues.c.id.desc())
    .limit(CLOSED_ISSUES_MAX)
)

_EMPTY = (
    select(entries.c.key)
    .where(~exists().where(postings.c.entry_id == entries.c.id))
    .order_by(entries.c.position)
)
_PAID_FOR = (
    select(
        money_issues.c.id,
        accounts.c.id.label("customer_id"),
        accounts.c.name.label("customer_name"),
        plans.c.name.label("plan_name"),
    )
    .select_from(money_issues)
    .outerjoin(sessions, sessions.c.id == money_issues.c.session_id)
    .outerjoin(checkouts, checkouts.c.id == money_issues.c.checkout_id)
    .join(
        accounts,
        accounts.c.id == func.coalesce(sessions.c.customer_id, checkouts.c.customer_id),
    )
    .join(plans, plans.c.slug == func.coalesce(sessions.c.plan, checkouts.c.plan))
    .where(money_issues.c.id.in_(bindparam("issues", expanding=True)))
)
_DISPUTED = (
    select(
        disputes,
        accounts.c.id.label("customer_id"),
        accounts.c.name.label("customer_name"),
        plans.c.name.label("plan_name"),
    )
    .join_from(disputes, checkouts, checkouts.c.id == disputes.c.checkout_id)
    .join(accounts, accounts.c.id == checkouts.c.customer_id)
    .join(plans, plans.c.slug == checkouts.c.plan)
    .where(disputes.c.closed_at.is_(None))
    .order_by(disputes.c.opened_at, disputes.c.id)
)
_LAST_CHECK = select(money_checks).order_by(money_checks.c.at.desc()).limit(1)


@attrs.frozen
class PostgresMoneyQueries:
    _engine: Engine

    def open_issues(self) -> tuple[Issue, ...]:
        with self._engine.connect() as connection:
            return tuple(map(issue_of, connection.execute(_OPEN).mappings()))

    def closed_issues(self) -> tuple[Issue, ...]:
        with self._engine.connect() as connection:
            return tuple(map(issue_of, connection.execute(_CLOSED).mappings()))

    def paid_for(self, issues: Collection[IssueId], /) -> Mapping[IssueId, PaidFor]:
        with self._engine.connect() as connection:
            rows = connection.execute(_PAID_FOR, {"issues": list(issues)}).mappings().all()
        found = [dict(row) for row in rows]
        return {IssueId(row.pop("id")): PaidFor(**row) for row in found}

    def open_disputes(self) -> tuple[OpenDispute, ...]:
        with self._engine.connect() as connection:
            return tuple(map(_open_dispute_of, connection.execute(_DISPUTED).mappings()))

    def entries_without_postings(self) -> tuple[str, ...]:
        with self._engine.connect() as connection:
            return tuple(connection.execute(_EMPTY).scalars())

    def last_check(self) -> MoneyCheck | None:
        with self._engine.connect() as connection:
            found = connection.execute(_LAST_CHECK).mappings().first()
        return None if found is None else check_of(found)


def _open_dispute_of(row: RowMapping) -> OpenDispute:
    return OpenDispute(
        provider_id=row["provider_id"],
        session_id=row["session_id"],
        paid_for=PaidFor(
            customer_id=row["customer_id"],
            customer_name=row["customer_name"],
            plan_name=row["plan_name"],
        ),
        amount=Money(row["amount_minor"], Currency(row["currency"])),
        opened_at=row["opened_at"],
    )
