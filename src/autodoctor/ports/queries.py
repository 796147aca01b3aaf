"""Lists and dashboards: frozen views, filled by one statement each, past the domain.

Phone numbers and addresses of customers are in none of them that a mechanic can see.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import (
    CustomerId,
    IntakeId,
    MechanicId,
    RequestId,
    SessionId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.ports.api_keys import ApiKeyQueries
from autodoctor.ports.audit_queries import AuditQueries
from autodoctor.ports.conduct_queries import ConductQueries
from autodoctor.ports.corporate_queries import CorporateQueries
from autodoctor.ports.employee_queries import EmployeeQueries
from autodoctor.ports.jobs import JobQueries
from autodoctor.ports.mechanic_queries import MechanicQueries
from autodoctor.ports.money_queries import MoneyQueries
from autodoctor.ports.money_views import EarningView, PaymentView, SessionMoney
from autodoctor.ports.people_queries import ApplicationQueries, PeopleQueries
from autodoctor.ports.usage import UsageQueries
from autodoctor.ports.workshop_queries import WorkshopQueries


@attrs.frozen(kw_only=True)
class SessionView(SessionMoney):
    """A session as lists and rooms show it."""

    id: SessionId
    status: SessionStatus
    kind: str
    plan: str
    plan_name: str
    minutes: int
    report_included: bool
    customer_id: CustomerId
    customer_name: str
    mechanic_id: MechanicId | None
    mechanic_name: str
    intake_id: IntakeId
    vehicle: str
    concern: str
    category: str
    urgent: bool
    created_at: datetime
    scheduled_for: datetime | None
    matched_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    minutes_used: int
    stars: int | None
    report_written: bool
    request_id: RequestId | None
    request_expires_at: datetime | None


@attrs.frozen(kw_only=True)
class RequestView:
    """A waiting request as a mechanic's queue shows it; whether they may see it is computed
    from `routing` when it is read. Of the `price`, `left` has not gone back: it will be shared."""

    id: RequestId
    session_id: SessionId
    customer_id: CustomerId
    intake_id: IntakeId
    status: RequestStatus
    routing: Routing
    waiting_since: datetime
    expires_at: datetime
    plan: str
    plan_name: str
    kind: str
    minutes: int
    price: Money
    left: Money
    vehicle: str
    odometer_km: int | None
    concern: str
    category: str
    keywords: tuple[str, ...]
    urgent: bool
    files: int
    country: str
    city: str
    specialist_brand: str
    scheduled_for: datetime | None
    accepted_by: MechanicId | None
    closed_at: datetime | None
    customer_first_name: str


@attrs.frozen(kw_only=True)
class SessionFilter:
    """`before` continues a list: only sessions made before it."""

    statuses: frozenset[SessionStatus] = frozenset()
    kind: str = ""
    text: str = ""
    since: datetime | None = None
    before: datetime | None = None
    most: int = 50


class SessionQueries(Protocol):
    def of_customer(
        self, customer_id: CustomerId, which: SessionFilter, /
    ) -> tuple[SessionView, ...]:
        """Newest first."""

    def of_mechanic(
        self, mechanic_id: MechanicId, which: SessionFilter, /
    ) -> tuple[SessionView, ...]:
        """Newest first."""

    def all(self, which: SessionFilter, /) -> tuple[SessionView, ...]:
        """Newest first; for admins, whose text finds customers by name too."""

    def one(self, session_id: SessionId, /) -> SessionView:
        """Raises Missing."""

    def count_of(self, customer_id: CustomerId, /) -> int: ...

    def by_status(self) -> Mapping[SessionStatus, int]:
        """How many there are in each state; states without any are left out."""


class RequestQueries(Protocol):
    def waiting(self, mechanic_id: MechanicId, /, *, at: datetime) -> tuple[RequestView, ...]:
        """Open ones this mechanic has not declined, urgent first, then longest waiting."""

    def one(self, request_id: RequestId, /) -> RequestView:
        """Raises Missing."""

    def history(self, mechanic_id: MechanicId, /, *, most: int) -> tuple[RequestView, ...]:
        """Those this mechanic accepted, whatever became of them; newest first."""


class RevenueQueries(Protocol):
    def earnings(
        self, owner_id: UUID, /, *, since: datetime, until: datetime
    ) -> tuple[EarningView, ...]:
        """Of a mechanic or workshop, newest first: sums over the ledger's entries."""

    def spent_by(self, customer_id: CustomerId, /) -> Money:
        """What a customer paid less what went back to them, by the ledger."""

    def payments_of(self, customer_id: CustomerId, /) -> tuple[PaymentView, ...]:
        """Newest first; they sum to what `spent_by` says."""

    def trial_balance(self) -> tuple[tuple[str, Money], ...]:
        """Each kind of account and its balance; they sum to zero."""

    def disputes_open(self) -> int:
        """How many payments a customer's bank asks back, undecided."""


@attrs.frozen(kw_only=True)
class MailView:
    """A mail the server did not take, with what it last said. Its text is not shown: it may
    hold a link that logs somebody in."""

    id: UUID
    recipient: str
    subject: str
    queued_at: datetime
    attempts: int
    last_error: str
    due_at: datetime
    given_up_at: datetime | None


class MailQueries(Protocol):
    def troubled(self, *, most: int) -> tuple[MailView, ...]:
        """Given up, or waiting for another try; newest first."""

    def given_up(self) -> int:
        """How many nobody will get."""


class LoginQueries(Protocol):
    def find(self, token_hash: bytes, /) -> tuple[Login, Account] | None:
        """The login, ended or not, and its person: what every request asks first."""


class Queries(Protocol):
    @property
    def logins(self) -> LoginQueries: ...
    @property
    def api_keys(self) -> ApiKeyQueries: ...
    @property
    def usage(self) -> UsageQueries: ...
    @property
    def employees(self) -> EmployeeQueries: ...
    @property
    def sessions(self) -> SessionQueries: ...
    @property
    def requests(self) -> RequestQueries: ...
    @property
    def revenue(self) -> RevenueQueries: ...
    @property
    def money(self) -> MoneyQueries: ...
    @property
    def mails(self) -> MailQueries: ...
    @property
    def jobs(self) -> JobQueries: ...
    @property
    def workshops(self) -> WorkshopQueries: ...
    @property
    def corporate(self) -> CorporateQueries: ...
    @property
    def mechanics(self) -> MechanicQueries: ...
    @property
    def people(self) -> PeopleQueries: ...
    @property
    def applications(self) -> ApplicationQueries: ...
    @property
    def audit(self) -> AuditQueries: ...
    @property
    def conduct(self) -> ConductQueries: ...
