"""Lists of companies, and what is on their dashboards."""

from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

import attrs

from autodoctor.domain.corporate.organization import BusinessType
from autodoctor.domain.corporate.tier import Tier
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import OrganizationId, SessionId
from autodoctor.domain.shared.time import Period
from autodoctor.domain.vetting.application import ApplicationStatus

PAGE_SIZE_MAX = 200
UNUSED: Final = frozenset({SessionStatus.CANCELLED, SessionStatus.EXPIRED, SessionStatus.REFUNDED})
"""Sessions that came to nothing: they count against no limit."""


class CompaniesShown(StrEnum):
    ALL = "all"
    APPLYING = "applying"
    OPEN = "open"
    SUSPENDED = "suspended"
    REJECTED = "rejected"


@attrs.frozen(kw_only=True)
class CompanyFilter:
    """Of those whose application was handed in; `text` is looked for in the name, the contact and
    the mail address; `page` counts from 1."""

    shown: CompaniesShown = CompaniesShown.ALL
    tier: Tier | None = None
    text: str = ""
    page: int = 1
    page_size: int = 50


@attrs.frozen(kw_only=True)
class CompanyRow:
    """For staff. `status` is the application's; None for one that never applied."""

    id: OrganizationId
    name: str
    business_type: BusinessType
    contact_name: str
    email: str
    tier: Tier
    seats: int
    seats_taken: int
    approved: bool
    suspended_at: datetime | None
    application_id: UUID | None
    status: ApplicationStatus | None
    submitted_at: datetime | None


@attrs.frozen(kw_only=True)
class CompanyPage:
    rows: tuple[CompanyRow, ...]
    total: int


@attrs.frozen(kw_only=True)
class CompanyBooking:
    """A session that an employee booked for the company: what it was, never what was said.
    `department` is where they are now, empty for none."""

    session_id: SessionId
    booked_at: datetime
    plan: str
    status: SessionStatus
    employee: str
    department: str


@attrs.frozen(kw_only=True)
class MonthView:
    """`sessions` counts all that were booked in the month and came to something; `by_plan` the
    same by the plan's name, most first; `latest` are the newest of them."""

    sessions: int
    by_plan: tuple[tuple[str, int], ...]
    latest: tuple[CompanyBooking, ...]


class CorporateQueries(Protocol):
    def listed(self, which: CompanyFilter, /) -> CompanyPage:
        """Those that wait longest first, then by name."""

    def month(self, organization_id: OrganizationId, during: Period, /, *, most: int) -> MonthView:
        """What its employees booked for it; at most `most` of them one by one."""
