"""A department of a company, and what its people may use in a month."""

from typing import Final

import attrs

from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import DepartmentId, OrganizationId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.shared.texts import check_line

BUDGET_MINOR_MAX: Final = 1_000_000_00
SESSIONS_MAX: Final = 10_000


@attrs.frozen
class DepartmentNameTaken(Conflict):
    """There is a department of this name already."""

    name: str


@attrs.frozen
class DepartmentNotEmpty(Conflict):
    """Somebody is in this department; move them to another one first."""


@attrs.frozen(kw_only=True)
class Department:
    """None is no limit; 0 is nothing at all. Both are for a calendar month."""

    id: DepartmentId
    organization_id: OrganizationId
    name: str
    monthly_budget: Money | None = None
    monthly_sessions_max: int | None = None
    version: int = 0

    def change(
        self, *, name: str, monthly_budget: Money | None, monthly_sessions_max: int | None
    ) -> "Department":
        """Raises InvalidField."""
        return attrs.evolve(
            self,
            name=check_line("name", name),
            monthly_budget=check_budget(monthly_budget),
            monthly_sessions_max=check_sessions_max(monthly_sessions_max),
        )


def check_budget(budget: Money | None) -> Money | None:
    """Raises InvalidField."""
    if budget is not None and not 0 <= budget.minor <= BUDGET_MINOR_MAX:
        raise InvalidField("monthly_budget", "From 0 to 1,000,000 a month, or none.")
    return budget


def check_sessions_max(most: int | None) -> int | None:
    """Raises InvalidField."""
    if most is not None and not 0 <= most <= SESSIONS_MAX:
        raise InvalidField("monthly_sessions_max", f"From 0 to {SESSIONS_MAX} a month, or none.")
    return most
