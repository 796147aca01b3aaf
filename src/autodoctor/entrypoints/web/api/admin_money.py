"""Money that needs a person, and what staff do about it; all of it is in the audit log."""

from datetime import datetime
from typing import Final, Self
from uuid import UUID

import attrs

from autodoctor.application.access.operations import MONEY
from autodoctor.application.payments import resolving
from autodoctor.application.payments.resolving import NothingOwed
from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.issue import Issue, IssueClosed, IssueKind, NotRetriable, Resolution
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

admin_money = Endpoints("Admin")

REFUSALS: Final = (InvalidField, Missing, IssueClosed, NotRetriable, NothingOwed)


@attrs.frozen(kw_only=True)
class IssueAnswer:
    """`detail` is the provider's word for what happened; `resolution` is null while it is open."""

    id: UUID
    kind: IssueKind
    session_id: UUID | None
    amount_minor: int
    currency: str
    detail: str
    opened_at: datetime
    resolution: Resolution | None
    note: str
    closed_at: datetime | None

    @classmethod
    def of(cls, issue: Issue) -> Self:
        return cls(
            id=issue.id,
            kind=issue.kind,
            session_id=issue.session_id,
            amount_minor=issue.amount.minor,
            currency=issue.amount.currency,
            detail=issue.detail,
            opened_at=issue.opened_at,
            resolution=issue.resolution,
            note=issue.note,
            closed_at=issue.closed_at,
        )


@attrs.frozen
class IssuesAnswer:
    issues: tuple[IssueAnswer, ...]


class NoteBody(Body):
    note: str


@admin_money.route("GET", "/api/admin/money-issues", action=MONEY, answer=IssuesAnswer)
def listed(call: Call) -> IssuesAnswer:
    """Money that nobody has seen to yet, oldest first."""
    found = resolving.open_issues(call.ports, actor=call.who)
    return IssuesAnswer(tuple(map(IssueAnswer.of, found)))


@admin_money.route(
    "POST",
    "/api/admin/money-issues/{issue_id}/retry",
    action=MONEY,
    body=NoteBody,
    answer=IssueAnswer,
    refusals=REFUSALS,
)
def retry(call: Call, *, issue_id: IssueId, body: NoteBody) -> IssueAnswer:
    """Try a refund, payout or reversal that failed once more."""
    done = resolving.retry(call.ports, actor=call.who, issue_id=issue_id, note=body.note)
    return IssueAnswer.of(done)


@admin_money.route(
    "POST",
    "/api/admin/money-issues/{issue_id}/settle",
    action=MONEY,
    body=NoteBody,
    answer=IssueAnswer,
    refusals=REFUSALS,
)
def settle(call: Call, *, issue_id: IssueId, body: NoteBody) -> IssueAnswer:
    """It was paid past the provider. Whoever gets a refund reads the note."""
    done = resolving.settle(call.ports, actor=call.who, issue_id=issue_id, note=body.note)
    return IssueAnswer.of(done)


@admin_money.route(
    "POST",
    "/api/admin/money-issues/{issue_id}/close",
    action=MONEY,
    body=NoteBody,
    answer=IssueAnswer,
    refusals=(InvalidField, Missing, IssueClosed),
)
def close(call: Call, *, issue_id: IssueId, body: NoteBody) -> IssueAnswer:
    """Nothing more has to be done; what is owed stays owed."""
    done = resolving.close(call.ports, actor=call.who, issue_id=issue_id, note=body.note)
    return IssueAnswer.of(done)
