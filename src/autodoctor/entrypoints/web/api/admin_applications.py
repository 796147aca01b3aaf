"""Mechanics' applications: staff look through them, ask, and decide."""

from datetime import datetime
from typing import Annotated, Final, Self
from uuid import UUID

import attrs
from msgspec import Meta

from autodoctor.application.access.vetting import DECIDE
from autodoctor.application.vetting import decide
from autodoctor.application.vetting.applications import applicant, application_id_of, applications
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.domain.vetting.application import (
    Application,
    ApplicationElsewhere,
    ApplicationStatus,
)
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.people_queries import PAGE_SIZE_MAX, ApplicationFilter, ApplicationView
from autodoctor.ports.stores import Missing

admin_applications = Endpoints("Admin")

PageNumber = Annotated[int, Meta(ge=1, le=1_000_000)]
PageSize = Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)]
REFUSALS: Final = (Missing, InvalidField, ApplicationElsewhere)


class ApplicationsQuery(Body):
    """`text` is looked for in names and addresses."""

    status: ApplicationStatus | None = None
    text: str = ""
    page: PageNumber = 1
    page_size: PageSize = 50


@attrs.frozen(kw_only=True)
class ApplicationRow:
    mechanic_id: UUID
    name: str
    email: str
    city: str
    status: str
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    documents: int
    documents_pending: int

    @classmethod
    def of(cls, view: ApplicationView) -> Self:
        return cls(
            mechanic_id=view.subject_id,
            name=view.name,
            email=view.email,
            city=view.city,
            status=view.status,
            created_at=view.created_at,
            submitted_at=view.submitted_at,
            decided_at=view.decided_at,
            documents=view.papers,
            documents_pending=view.papers_pending,
        )


@attrs.frozen(kw_only=True)
class ApplicationsAnswer:
    """`total` counts all pages; `by_status` everybody who ever applied."""

    rows: tuple[ApplicationRow, ...]
    total: int
    page: int
    page_size: int
    by_status: dict[str, int]


@attrs.frozen(kw_only=True)
class ApplicationAnswer:
    """`question` is what staff asked last, `answer` what was said to it, `reason` why it was
    rejected; each may be empty."""

    mechanic_id: UUID
    status: str
    submitted_at: datetime | None
    question: str
    answer: str
    reason: str
    decided_at: datetime | None
    decided_by: UUID | None

    @classmethod
    def of(cls, found: Application) -> Self:
        return cls(
            mechanic_id=found.subject_id,
            status=found.status,
            submitted_at=found.submitted_at,
            question=found.question,
            answer=found.answer,
            reason=found.reason,
            decided_at=found.decided_at,
            decided_by=found.decided_by,
        )


class ApproveBody(Body):
    reason: str = ""


class RejectBody(Body):
    reason: str


class AskBody(Body):
    question: str


@admin_applications.route(
    "GET",
    "/api/admin/mechanics/applications",
    action=DECIDE,
    query=ApplicationsQuery,
    answer=ApplicationsAnswer,
)
def listed(call: Call, *, query: ApplicationsQuery) -> ApplicationsAnswer:
    """Applications, longest waiting first."""
    which = ApplicationFilter(
        statuses=frozenset({query.status} if query.status else ()),
        text=query.text,
        skip=(query.page - 1) * query.page_size,
        most=query.page_size,
    )
    found = applications(call.ports, actor=call.who, which=which)
    return ApplicationsAnswer(
        rows=tuple(map(ApplicationRow.of, found.rows)),
        total=found.total,
        page=query.page,
        page_size=query.page_size,
        by_status={status.value: count for status, count in found.by_status.items()},
    )


@admin_applications.route(
    "GET",
    "/api/admin/mechanics/{mechanic_id}/request_info",
    action=DECIDE,
    answer=ApplicationAnswer,
    refusals=(Missing,),
)
def asked(call: Call, *, mechanic_id: MechanicId) -> ApplicationAnswer:
    """What was asked and answered so far; asking is a POST."""
    found = applicant(call.ports, actor=call.who, mechanic_id=mechanic_id)
    return ApplicationAnswer.of(found.application)


@admin_applications.route(
    "POST",
    "/api/admin/mechanics/{mechanic_id}/request_info",
    action=DECIDE,
    body=AskBody,
    answer=ApplicationAnswer,
    refusals=REFUSALS,
)
def ask(call: Call, *, mechanic_id: MechanicId, body: AskBody) -> ApplicationAnswer:
    """Ask the applicant something; they are mailed."""
    key = application_id_of(call.ports, actor=call.who, mechanic_id=mechanic_id)
    done = decide.ask(call.ports, actor=call.who, application_id=key, question=body.question)
    return ApplicationAnswer.of(done)


@admin_applications.route(
    "POST",
    "/api/admin/mechanics/{mechanic_id}/approve",
    action=DECIDE,
    body=ApproveBody,
    answer=ApplicationAnswer,
    refusals=REFUSALS,
)
def approve(call: Call, *, mechanic_id: MechanicId, body: ApproveBody) -> ApplicationAnswer:
    """Let the mechanic in; they are mailed. Again changes nothing."""
    key = application_id_of(call.ports, actor=call.who, mechanic_id=mechanic_id)
    done = decide.approve(call.ports, actor=call.who, application_id=key, reason=body.reason)
    return ApplicationAnswer.of(done)


@admin_applications.route(
    "POST",
    "/api/admin/users/mechanics/{mechanic_id}/approve",
    action=DECIDE,
    body=ApproveBody,
    answer=ApplicationAnswer,
    refusals=REFUSALS,
)
def approve_user(call: Call, *, mechanic_id: MechanicId, body: ApproveBody) -> ApplicationAnswer:
    """The same, from the list of users."""
    return approve(call, mechanic_id=mechanic_id, body=body)


@admin_applications.route(
    "POST",
    "/api/admin/mechanics/{mechanic_id}/reject",
    action=DECIDE,
    body=RejectBody,
    answer=ApplicationAnswer,
    refusals=REFUSALS,
)
def reject(call: Call, *, mechanic_id: MechanicId, body: RejectBody) -> ApplicationAnswer:
    """Turn the application down; the applicant is mailed the reason. Again changes nothing."""
    key = application_id_of(call.ports, actor=call.who, mechanic_id=mechanic_id)
    done = decide.reject(call.ports, actor=call.who, application_id=key, reason=body.reason)
    return ApplicationAnswer.of(done)
