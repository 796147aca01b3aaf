"""What an employee and a department may use in a calendar month, the company's own.

A session counts in the month it was booked in, also while its payment page is open; one that
was cancelled, expired or paid back does not.
"""

import attrs

from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.employee import Employee
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.money import Money


@attrs.frozen
class Use:
    """How many sessions, and their prices as booked."""

    sessions: int = 0
    spent: Money = Money.zero()


@attrs.frozen
class MonthlyLimitReached(Conflict):
    """Your company's limit for you is used up this month; you can book privately."""

    most: int


@attrs.frozen
class DepartmentLimitReached(Conflict):
    """The limit of your department is used up this month; you can book privately."""

    department: str
    most: int


@attrs.frozen
class DepartmentBudgetReached(Conflict):
    """The budget of your department does not cover this any more; you can book privately."""

    department: str
    budget: Money
    left: Money


def check_use(
    employee: Employee,
    department: Department | None,
    *,
    own: Use,
    departments: Use,
    price: Money,
) -> None:
    """Whether one more session at that price fits. Refusals, in order: MonthlyLimitReached,
    DepartmentLimitReached, DepartmentBudgetReached."""
    most = employee.monthly_sessions_max
    if most is not None and own.sessions >= most:
        raise MonthlyLimitReached(most)
    if department is not None:
        _check_department(department, departments, price)


def _check_department(department: Department, use: Use, price: Money) -> None:
    most, budget = department.monthly_sessions_max, department.monthly_budget
    if most is not None and use.sessions >= most:
        raise DepartmentLimitReached(department.name, most)
    if budget is not None and budget < use.spent + price:
        left = max(budget - use.spent, Money.zero(budget.currency), key=lambda money: money.minor)
        raise DepartmentBudgetReached(department.name, budget, left)
