"""Lists of workshops, and what is on their dashboards."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

import attrs

from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.vetting.application import ApplicationStatus
from autodoctor.domain.workshops.membership import MembershipStatus

PAGE_SIZE_MAX = 200


@attrs.frozen(kw_only=True)
class MemberView:
    """A mechanic of a workshop; `approved` is the platform's word. `sessions` are those
    completed for the workshop."""

    mechanic_id: MechanicId
    name: str
    status: MembershipStatus
    areas: tuple[str, ...]
    asked_at: datetime
    approved: bool
    on_shift: bool
    reputation: Reputation
    sessions: int


@attrs.frozen(kw_only=True)
class WorkshopFigures:
    """Sessions of the workshop's own mechanics: under way, and completed since each day."""

    under_way: int
    today: int
    week: int
    month: int


class WorkshopsShown(StrEnum):
    ALL = "all"
    APPLYING = "applying"
    OPEN = "open"
    SUSPENDED = "suspended"
    REJECTED = "rejected"


@attrs.frozen(kw_only=True)
class WorkshopFilter:
    """Of those whose application was handed in; `text` is looked for in the name, the city and
    the business' mail address; `page` counts from 1."""

    shown: WorkshopsShown = WorkshopsShown.ALL
    text: str = ""
    page: int = 1
    page_size: int = 50


@attrs.frozen(kw_only=True)
class WorkshopRow:
    """For staff. `status` is the application's; None for one that never applied."""

    id: WorkshopId
    name: str
    city: str
    province: str
    email: str
    contact_name: str
    approved: bool
    suspended_at: datetime | None
    capacity: int
    members: int
    application_id: UUID | None
    status: ApplicationStatus | None
    submitted_at: datetime | None


@attrs.frozen(kw_only=True)
class WorkshopPage:
    rows: tuple[WorkshopRow, ...]
    total: int


@attrs.frozen(kw_only=True)
class DirectoryEntry:
    """What everybody may read of a workshop that is open: no person, no number of theirs."""

    id: WorkshopId
    name: str
    city: str
    province: str
    description: str
    website: str
    coverage: tuple[str, ...]
    radius_km: int
    has_logo: bool
    mechanics: int


class WorkshopQueries(Protocol):
    def team(self, workshop_id: WorkshopId, /) -> tuple[MemberView, ...]:
        """By name."""

    def figures(
        self, workshop_id: WorkshopId, /, *, today: datetime, week: datetime, month: datetime
    ) -> WorkshopFigures: ...

    def listed(self, which: WorkshopFilter, /) -> WorkshopPage:
        """Those that wait longest first, then by name."""

    def directory(self, *, text: str = "", prefix: str = "") -> tuple[DirectoryEntry, ...]:
        """Open ones by name, at most 200; `prefix` is the beginning of a postal code, or a whole
        one, that a workshop has to serve."""
