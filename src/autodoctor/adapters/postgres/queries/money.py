"""Lists about money for staff."""

import attrs
from sqlalchemy import Engine, select

from autodoctor.adapters.postgres.money_issues import issue_of
from autodoctor.adapters.postgres.tables.money import money_issues
from autodoctor.domain.revenue.issue import Issue
from autodoctor.ports.money_queries import CLOSED_ISSUES_MAX

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


@attrs.frozen
class PostgresMoneyQueries:
    _engine: Engine

    def open_issues(self) -> tuple[Issue, ...]:
        with self._engine.connect() as connection:
            return tuple(map(issue_of, connection.execute(_OPEN).mappings()))

    def closed_issues(self) -> tuple[Issue, ...]:
        with self._engine.connect() as connection:
            return tuple(map(issue_of, connection.execute(_CLOSED).mappings()))
