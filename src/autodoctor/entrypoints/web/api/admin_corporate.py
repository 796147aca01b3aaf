"""Staff and companies: lists, decisions, tiers, suspending and letting back in."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import attrs
from msgspec import Meta

from autodoctor.application.access.corporate import OVERSEE, PUT_OUT, SUBSCRIBE
from autodoctor.application.access.vetting import DECIDE
from autodoctor.application.corporate.overseeing import (
    Subscription,
    approve_company,
    companies,
    reinstate_company,
    reject_company,
    set_tier,
    suspend_company,
)
from autodoctor.domain.corporate.organization import (
    Organization,
    OrganizationNeverApproved,
    TierTooSmall,
)
from autodoctor.domain.corporate.tier import Tier
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import OrganizationId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.vetting.application import Application, ApplicationElsewhere
from autodoctor.entrypoints.web.api.corporate import CompanyAnswer, TierName
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.corporate_queries import (
    PAGE_SIZE_MAX,
    CompaniesShown,
    CompanyFilter,
    CompanyRow,
)
from autodoctor.ports.stores import Missing

admin_companies = Endpoints("Admin")

PATH = "/api/admin/corporate"
ONE = f"{PATH}/{{organization_id}}"


class CompaniesQuery(Body):
    shown: Literal["all", "applying", "open", "suspended", "rejected"] = "all"
    tier: Literal["", "starter", "professional", "enterprise"] = ""
    search: Annotated[str, Meta(max_length=200)] = ""
    page: Annotated[int, Meta(ge=1, le=10_000)] = 1
    page_size: Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)] = 50


@attrs.frozen(kw_only=True)
class CompanyList:
    companies: tuple[CompanyRow, ...]
    total: int


@admin_companies.route("GET", PATH, action=OVERSEE, query=CompaniesQuery, answer=CompanyList)
def listed(call: Call, *, query: CompaniesQuery) -> CompanyList:
    """All companies, those that wait for a decision first."""
    which = CompanyFilter(
        shown=CompaniesShown(query.shown),
        tier=Tier(query.tier) if query.tier else None,
        text=query.search,
        page=query.page,
        page_size=query.page_size,
    )
    found = companies(call.ports, actor=call.who, which=which)
    return CompanyList(companies=found.rows, total=found.total)


@attrs.frozen(kw_only=True)
class CompanyDecision:
    organization_id: UUID
    status: str
    reason: str
    decided_at: datetime | None

    @classmethod
    def of(cls, application: Application) -> "CompanyDecision":
        return cls(
            organization_id=application.subject_id,
            status=application.status,
            reason=application.reason,
            decided_at=application.decided_at,
        )


@attrs.frozen(kw_only=True)
class CompanyState:
    organization_id: UUID
    approved: bool
    suspended_at: datetime | None
    reason: str

    @classmethod
    def of(cls, company: Organization) -> "CompanyState":
        return cls(
            organization_id=company.id,
            approved=company.approved,
            suspended_at=company.suspended_at,
            reason=company.suspension_reason,
        )


class ApproveCompanyBody(Body):
    reason: str = ""


class CompanyReasonBody(Body):
    reason: str


@admin_companies.route(
    "POST",
    f"{ONE}/approve",
    action=DECIDE,
    body=ApproveCompanyBody,
    answer=CompanyDecision,
    refusals=(Missing, ApplicationElsewhere),
)
def approve(call: Call, *, organization_id: UUID, body: ApproveCompanyBody) -> CompanyDecision:
    """Let a company in. Its applicant is mailed; approving again changes nothing."""
    key = OrganizationId(organization_id)
    done = approve_company(call.ports, actor=call.who, organization_id=key, reason=body.reason)
    return CompanyDecision.of(done)


@admin_companies.route(
    "POST",
    f"{ONE}/reject",
    action=DECIDE,
    body=CompanyReasonBody,
    answer=CompanyDecision,
    refusals=(Missing, InvalidField, ApplicationElsewhere),
)
def reject(call: Call, *, organization_id: UUID, body: CompanyReasonBody) -> CompanyDecision:
    """Turn a company down. Its applicant is mailed the reason."""
    key = OrganizationId(organization_id)
    done = reject_company(call.ports, actor=call.who, organization_id=key, reason=body.reason)
    return CompanyDecision.of(done)


@admin_companies.route(
    "POST",
    f"{ONE}/suspend",
    action=PUT_OUT,
    body=CompanyReasonBody,
    answer=CompanyState,
    refusals=(Missing, InvalidField, OrganizationNeverApproved),
)
def suspend(call: Call, *, organization_id: UUID, body: CompanyReasonBody) -> CompanyState:
    """Those who run it are out within seconds, its API keys at once."""
    key = OrganizationId(organization_id)
    done = suspend_company(call.ports, actor=call.who, organization_id=key, reason=body.reason)
    return CompanyState.of(done)


@admin_companies.route(
    "POST",
    f"{ONE}/reinstate",
    action=PUT_OUT,
    body=CompanyReasonBody,
    answer=CompanyState,
    refusals=(Missing, InvalidField),
)
def reinstate(call: Call, *, organization_id: UUID, body: CompanyReasonBody) -> CompanyState:
    """Let a suspended company back in; again changes nothing."""
    key = OrganizationId(organization_id)
    done = reinstate_company(call.ports, actor=call.who, organization_id=key, reason=body.reason)
    return CompanyState.of(done)


class TierBody(Body):
    """`seats` and `monthly_price_minor` (cents) are what was agreed with an enterprise."""

    tier: TierName
    reason: str
    seats: int | None = None
    monthly_price_minor: int | None = None

    def subscription(self) -> Subscription:
        minor = self.monthly_price_minor
        price = None if minor is None else Money(minor)
        return Subscription(tier=self.tier, seats=self.seats, monthly_price=price)


@admin_companies.route(
    "POST",
    f"{ONE}/tier",
    action=SUBSCRIBE,
    body=TierBody,
    answer=CompanyAnswer,
    refusals=(Missing, InvalidField, TierTooSmall),
)
def subscribe(call: Call, *, organization_id: UUID, body: TierBody) -> CompanyAnswer:
    """Set a company's tier, and what was agreed with an enterprise. Counts from now on."""
    done = set_tier(
        call.ports,
        actor=call.who,
        organization_id=OrganizationId(organization_id),
        subscription=body.subscription(),
        reason=body.reason,
    )
    return CompanyAnswer.of(done)
