"""What a company sees of the sessions its people booked as its employees."""

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from autodoctor.application.access.employees import USAGE
from autodoctor.application.access.may import Whose, may
from autodoctor.application.corporate.own import open_organization
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, DepartmentId, EmployeeId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction
from autodoctor.ports.usage import PAGE_SIZE_MAX, UsageFilter, UsagePage

MONTH: Final = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
PAGE_MAX: Final = 10_000


@attrs.frozen(kw_only=True)
class UsageForm:
    """`month` is like 2026-11, the company's own; empty is this one."""

    month: str = ""
    department_id: DepartmentId | None = None
    employee_id: EmployeeId | None = None
    page: int = 1
    page_size: int = 50


@attrs.frozen(kw_only=True)
class Usage:
    """`month` is like 2026-11; its bounds are those of `zone`."""

    month: str
    zone: str
    page: UsagePage


def usage(ports: Ports, *, actor: Actor, form: UsageForm) -> Usage:
    """Refusals: InvalidField, Missing for an employee of somebody else."""
    may(actor, USAGE)
    if not (1 <= form.page <= PAGE_MAX and 1 <= form.page_size <= PAGE_SIZE_MAX):
        raise InvalidField("page", f"Pages count from 1 and have at most {PAGE_SIZE_MAX} rows.")
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor)
        account_id = _account(tx, actor, form.employee_id)
    month = company.month(_within(form.month, at=ports.now()))
    which = UsageFilter(
        month=month,
        department_id=form.department_id,
        account_id=account_id,
        page=form.page,
        page_size=form.page_size,
    )
    there = month.start.astimezone(ZoneInfo(company.time_zone))
    return Usage(
        month=f"{there:%Y-%m}",
        zone=company.time_zone,
        page=ports.queries.usage.listed(company.id, which),
    )


def _account(tx: Transaction, actor: Actor, employee_id: EmployeeId | None) -> AccountId | None:
    if employee_id is None:
        return None
    found = tx.employees.get(employee_id)
    may(actor, USAGE, Whose(organization_id=found.organization_id))
    return found.account_id


def _within(text: str, *, at: datetime) -> datetime:
    """An instant in the middle of that month, wherever one is."""
    if not text:
        return at
    found = MONTH.fullmatch(text)
    if found is None:
        raise InvalidField("month", "A month such as 2026-11.")
    return datetime(int(found[1]), int(found[2]), 15, tzinfo=UTC)
