"""What companies see of the sessions of their people, from PostgreSQL."""

from typing import Any

import attrs
from sqlalchemy import ColumnElement, Engine, RowMapping, and_, func, select

from autodoctor.adapters.postgres.tables.booking import intakes
from autodoctor.adapters.postgres.tables.corporate import departments, employees
from autodoctor.adapters.postgres.tables.plans import plans
from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.adapters.postgres.usage import COUNTS
from autodoctor.domain.corporate.limits import Use
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import OrganizationId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.usage import UsageFilter, UsagePage, UsedSession


@attrs.frozen
class PostgresUsageQueries:
    _engine: Engine

    def listed(self, organization_id: OrganizationId, which: UsageFilter, /) -> UsagePage:
        shown = _shown(organization_id, which)
        page = _ROWS.where(shown).limit(which.page_size).offset((which.page - 1) * which.page_size)
        with self._engine.connect() as connection:
            rows = tuple(map(_row, connection.execute(page).mappings()))
            total, count, spent = connection.execute(_TOTALS.where(shown)).one()
        return UsagePage(rows=rows, total=total, use=Use(count, Money(int(spent))))


def _shown(organization_id: OrganizationId, which: UsageFilter) -> ColumnElement[bool]:
    asked = [
        sessions.c.organization_id == organization_id,
        sessions.c.created_at >= which.month.start,
        sessions.c.created_at < which.month.end,
    ]
    if which.department_id is not None:
        asked.append(intakes.c.department_id == which.department_id)
    if which.account_id is not None:
        asked.append(sessions.c.customer_id == which.account_id)
    return and_(*asked)


_COLLEAGUE = and_(
    employees.c.organization_id == sessions.c.organization_id,
    employees.c.account_id == sessions.c.customer_id,
)
_ROWS = (
    select(
        sessions.c.id,
        sessions.c.created_at.label("booked_at"),
        employees.c.name.label("employee"),
        employees.c.number,
        func.coalesce(departments.c.name, "").label("department"),
        plans.c.name.label("plan"),
        sessions.c.price_minor,
        sessions.c.currency,
        intakes.c.category,
        sessions.c.status,
        COUNTS.label("counts"),
    )
    .select_from(sessions)
    .join(intakes, intakes.c.id == sessions.c.intake_id)
    .join(employees, _COLLEAGUE)
    .join(plans, plans.c.slug == sessions.c.plan)
    .outerjoin(departments, departments.c.id == intakes.c.department_id)
    .order_by(sessions.c.created_at.desc(), sessions.c.id.desc())
)
_TOTALS = (
    select(
        func.count(),
        func.count().filter(COUNTS),
        func.coalesce(func.sum(sessions.c.price_minor).filter(COUNTS), 0),
    )
    .select_from(sessions)
    .join(intakes, intakes.c.id == sessions.c.intake_id)
)


def _row(row: RowMapping) -> UsedSession:
    values: dict[str, Any] = dict(row)
    price = Money(values.pop("price_minor"), Currency(values.pop("currency")))
    values["status"] = SessionStatus(values["status"])
    return UsedSession(price=price, **values)
