"""What companies use: counted for limits in a transaction, listed for who runs them."""

from datetime import datetime
from typing import Final, Protocol

import attrs

from autodoctor.domain.corporate.limits import Use
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import (
    AccountId,
    DepartmentId,
    IntakeId,
    OrganizationId,
    SessionId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.domain.shared.time import Period

PAGE_SIZE_MAX: Final = 200
CAME_TO_NOTHING: Final = frozenset(
    {SessionStatus.CANCELLED, SessionStatus.EXPIRED, SessionStatus.REFUNDED}
)
"""Sessions in these count for no limit, nor do those archived that never began."""


class Usage(Protocol):
    """Sessions linked to a company that count, and bookings of it whose payment page is open,
    by when they were booked; `but` is a booking left out."""

    def of_employee(
        self,
        organization_id: OrganizationId,
        account_id: AccountId,
        month: Period,
        /,
        *,
        but: IntakeId | None = None,
    ) -> Use: ...

    def of_department(
        self, department_id: DepartmentId, month: Period, /, *, but: IntakeId | None = None
    ) -> Use: ...


@attrs.frozen(kw_only=True)
class UsedSession:
    """All that a company sees of a session: no word of what was said in it. `name` is the
    employee's, as the company calls them; `department` where they were when it was booked."""

    id: SessionId
    booked_at: datetime
    employee: str
    number: str
    department: str
    plan: str
    price: Money
    category: str
    status: SessionStatus
    counts: bool


@attrs.frozen(kw_only=True)
class UsageFilter:
    """`department_id` and `account_id` narrow it; None is everybody's."""

    month: Period
    department_id: DepartmentId | None = None
    account_id: AccountId | None = None
    page: int = 1
    page_size: int = 50


@attrs.frozen(kw_only=True)
class UsagePage:
    """`total` and `use` are of all that the filter finds, `rows` of this page, newest first."""

    rows: tuple[UsedSession, ...]
    total: int
    use: Use


class UsageQueries(Protocol):
    def listed(self, organization_id: OrganizationId, which: UsageFilter, /) -> UsagePage: ...
