"""Lists of people and applications, for staff. Each is filled by one statement.

Lists are turned page by page: `skip` rows, then at most `most`.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final, Protocol
from uuid import UUID

import attrs

from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, ApplicationId
from autodoctor.domain.vetting.application import ApplicationKind, ApplicationStatus

PAGE_SIZE_MAX: Final = 200


@attrs.frozen(kw_only=True)
class ApplicationView:
    """`name` and `city` are what applicants tell of themselves; `papers` are their documents,
    `papers_pending` those nobody has looked at."""

    id: ApplicationId
    kind: ApplicationKind
    subject_id: UUID
    applicant_id: AccountId
    name: str
    email: str
    city: str
    status: ApplicationStatus
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    papers: int
    papers_pending: int


@attrs.frozen(kw_only=True)
class ApplicationFilter:
    """`text` finds names and addresses."""

    kind: ApplicationKind = ApplicationKind.MECHANIC
    statuses: frozenset[ApplicationStatus] = frozenset()
    text: str = ""
    skip: int = 0
    most: int = 50


class ApplicationQueries(Protocol):
    def some(self, which: ApplicationFilter, /) -> tuple[ApplicationView, ...]:
        """Longest waiting first."""

    def by_status(self, kind: ApplicationKind, /) -> Mapping[ApplicationStatus, int]:
        """How many there are in each state; states without any are left out."""

    def count(self, which: ApplicationFilter, /) -> int:
        """How many `some` would come to in all."""


@attrs.frozen(kw_only=True)
class MechanicFacts:
    approved: bool
    on_shift: bool
    city: str
    profile_completion: int
    papers_expire_on: date | None
    reputation: Reputation
    completed_sessions: int


@attrs.frozen(kw_only=True)
class PersonView:
    """`standing` is as kept: one suspended until a moment that has passed is active again.
    `booked` counts the sessions of a customer; `mechanic` is None for who has no such hat."""

    id: AccountId
    name: str
    email: str
    phone: str
    roles: frozenset[Role]
    standing: Standing
    suspended_until: datetime | None
    verified_at: datetime | None
    created_at: datetime
    seen_at: datetime | None
    booked: int
    mechanic: MechanicFacts | None

    def standing_at(self, at: datetime) -> Standing:
        over = self.suspended_until is not None and at >= self.suspended_until
        ended = self.standing is Standing.SUSPENDED and over
        return Standing.ACTIVE if ended else self.standing


@attrs.frozen(kw_only=True)
class PersonFilter:
    """`text` finds names, addresses and phone numbers. Standing is asked as of `at`."""

    at: datetime
    role: Role | None = None
    standing: Standing | None = None
    verified: bool | None = None
    approved: bool | None = None
    text: str = ""
    skip: int = 0
    most: int = 50


@attrs.frozen(kw_only=True)
class PeopleFigures:
    """Everybody who has not left, by hat; some wear several."""

    by_role: Mapping[Role, int]
    suspended: int
    banned: int
    logged_in: int


class PeopleQueries(Protocol):
    def some(self, which: PersonFilter, /) -> tuple[PersonView, ...]:
        """Newest first."""

    def count(self, which: PersonFilter, /) -> int:
        """How many `some` would come to in all."""

    def stream(self, which: PersonFilter, /) -> Iterator[PersonView]:
        """All of them as of one moment, newest first, whatever `skip` and `most` say; a few at
        a time are in memory."""

    def figures(self, *, at: datetime, since: datetime) -> PeopleFigures:
        """`logged_in` counts people whose login was used after `since`."""
