"""Staff and workshops: lists, decisions, suspending and letting back in."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import attrs
from msgspec import Meta

from autodoctor.application.access.vetting import DECIDE
from autodoctor.application.access.workshops import OVERSEE, PUT_OUT
from autodoctor.application.workshops.overseeing import (
    approve_workshop,
    reactivate_workshop,
    reject_workshop,
    suspend_workshop,
    workshops,
)
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import WorkshopId
from autodoctor.domain.vetting.application import Application, ApplicationElsewhere
from autodoctor.domain.workshops.workshop import Workshop, WorkshopNeverApproved
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing
from autodoctor.ports.workshop_queries import (
    PAGE_SIZE_MAX,
    WorkshopFilter,
    WorkshopPage,
    WorkshopRow,
    WorkshopsShown,
)

admin_workshops = Endpoints("Admin")


class WorkshopsQuery(Body):
    shown: Literal["all", "applying", "open", "suspended", "rejected"] = "all"
    search: Annotated[str, Meta(max_length=200)] = ""
    page: Annotated[int, Meta(ge=1, le=10_000)] = 1
    page_size: Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)] = 50


class ApplicationsQuery(Body):
    page: Annotated[int, Meta(ge=1, le=10_000)] = 1
    page_size: Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)] = 50


@attrs.frozen(kw_only=True)
class WorkshopList:
    workshops: tuple[WorkshopRow, ...]
    total: int

    @classmethod
    def of(cls, page: WorkshopPage) -> "WorkshopList":
        return cls(workshops=page.rows, total=page.total)


@admin_workshops.route(
    "GET", "/api/admin/workshops", action=OVERSEE, query=WorkshopsQuery, answer=WorkshopList
)
def all_workshops(call: Call, *, query: WorkshopsQuery) -> WorkshopList:
    """All workshops, those that wait for a decision first."""
    which = WorkshopFilter(
        shown=WorkshopsShown(query.shown),
        text=query.search,
        page=query.page,
        page_size=query.page_size,
    )
    return WorkshopList.of(workshops(call.ports, actor=call.who, which=which))


@admin_workshops.route(
    "GET",
    "/api/admin/workshops/applications",
    action=OVERSEE,
    query=ApplicationsQuery,
    answer=WorkshopList,
)
def applications(call: Call, *, query: ApplicationsQuery) -> WorkshopList:
    """Workshops that wait for a decision, longest first."""
    which = WorkshopFilter(
        shown=WorkshopsShown.APPLYING, page=query.page, page_size=query.page_size
    )
    return WorkshopList.of(workshops(call.ports, actor=call.who, which=which))


@attrs.frozen(kw_only=True)
class DecisionAnswer:
    workshop_id: UUID
    status: str
    reason: str
    decided_at: datetime | None

    @classmethod
    def of(cls, application: Application) -> "DecisionAnswer":
        return cls(
            workshop_id=application.subject_id,
            status=application.status,
            reason=application.reason,
            decided_at=application.decided_at,
        )


@attrs.frozen(kw_only=True)
class WorkshopStanding:
    workshop_id: UUID
    approved: bool
    suspended_at: datetime | None
    reason: str

    @classmethod
    def of(cls, workshop: Workshop) -> "WorkshopStanding":
        return cls(
            workshop_id=workshop.id,
            approved=workshop.approved,
            suspended_at=workshop.suspended_at,
            reason=workshop.suspension_reason,
        )


class ApproveBody(Body):
    reason: str = ""


class ReasonBody(Body):
    reason: str


@admin_workshops.route(
    "POST",
    "/api/admin/workshops/{workshop_id}/approve",
    action=DECIDE,
    body=ApproveBody,
    answer=DecisionAnswer,
    refusals=(Missing, ApplicationElsewhere),
)
def approve(call: Call, *, workshop_id: UUID, body: ApproveBody) -> DecisionAnswer:
    """Let a workshop in. Its applicant is mailed; approving again changes nothing."""
    key = WorkshopId(workshop_id)
    done = approve_workshop(call.ports, actor=call.who, workshop_id=key, reason=body.reason)
    return DecisionAnswer.of(done)


@admin_workshops.route(
    "POST",
    "/api/admin/workshops/{workshop_id}/reject",
    action=DECIDE,
    body=ReasonBody,
    answer=DecisionAnswer,
    refusals=(Missing, InvalidField, ApplicationElsewhere),
)
def reject(call: Call, *, workshop_id: UUID, body: ReasonBody) -> DecisionAnswer:
    """Turn a workshop down. Its applicant is mailed the reason."""
    key = WorkshopId(workshop_id)
    done = reject_workshop(call.ports, actor=call.who, workshop_id=key, reason=body.reason)
    return DecisionAnswer.of(done)


@admin_workshops.route(
    "POST",
    "/api/admin/workshops/{workshop_id}/suspend",
    action=PUT_OUT,
    body=ReasonBody,
    answer=WorkshopStanding,
    refusals=(Missing, InvalidField, WorkshopNeverApproved),
)
def suspend(call: Call, *, workshop_id: UUID, body: ReasonBody) -> WorkshopStanding:
    """Its staff are out within seconds, and requests that wait for it go to everybody."""
    key = WorkshopId(workshop_id)
    done = suspend_workshop(call.ports, actor=call.who, workshop_id=key, reason=body.reason)
    return WorkshopStanding.of(done)


@admin_workshops.route(
    "POST",
    "/api/admin/workshops/{workshop_id}/reactivate",
    action=PUT_OUT,
    body=ReasonBody,
    answer=WorkshopStanding,
    refusals=(Missing, InvalidField),
)
def reactivate(call: Call, *, workshop_id: UUID, body: ReasonBody) -> WorkshopStanding:
    """Let a suspended workshop back in; again changes nothing."""
    key = WorkshopId(workshop_id)
    done = reactivate_workshop(call.ports, actor=call.who, workshop_id=key, reason=body.reason)
    return WorkshopStanding.of(done)
