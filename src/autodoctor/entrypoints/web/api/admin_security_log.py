"""The security log, as staff search it and take it along."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Final, Self
from uuid import UUID

import attrs
from flask import Response, stream_with_context
from msgspec import Meta

from autodoctor.application.access.operations import SECURITY_LOG
from autodoctor.application.operations.security_log import export_security_log, security_log
from autodoctor.domain.operations.security_event import SecurityKind, SecurityOutcome
from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.web.api.admin_applications import PageSize
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.sheets import csv_lines
from autodoctor.ports.security_log import SecurityEntry, SecurityFilter

admin_security_log = Endpoints("Admin")

Instant = Annotated[datetime, Meta(tz=True)]
Number = Annotated[int, Meta(ge=1, le=2**63 - 1)]


class Searched(Body):
    """`person` acted or is whom an entry is about; `address` is an IP address or a network;
    `since` to `until` is half-open, with time zones."""

    kind: SecurityKind | None = None
    outcome: SecurityOutcome | None = None
    person: UUID | None = None
    subject: UUID | None = None
    address: str | None = None
    request_id: str | None = None
    since: Instant | None = None
    until: Instant | None = None

    def filter(self, *, before: int | None = None, most: int = 1) -> SecurityFilter:
        return SecurityFilter(
            kind=self.kind,
            outcome=self.outcome,
            person=AccountId(self.person) if self.person else None,
            subject=self.subject,
            address=self.address,
            request_id=self.request_id,
            since=self.since,
            until=self.until,
            before=before,
            most=most,
        )


class SecurityLogQuery(Searched):
    before: Number | None = None
    page_size: PageSize = 50


@attrs.frozen(kw_only=True)
class SecurityEntryRow:
    """`actor_id` is None for whoever had not shown who they are, `actor_role` for who acted by a
    link; with `key_id` a program acted with an API key. `times` is more than 1 for the entry that
    stands for all of a minute beyond the first from its network."""

    number: int
    at: datetime
    kind: SecurityKind
    outcome: SecurityOutcome
    actor_id: UUID | None
    actor_role: str | None
    key_id: UUID | None
    subject_kind: str
    subject_id: UUID | None
    detail: str
    address: str
    agent: str
    request_id: str
    times: int

    @classmethod
    def of(cls, entry: SecurityEntry) -> Self:
        event = entry.event
        return cls(
            number=entry.number,
            at=event.at,
            kind=event.kind,
            outcome=event.outcome,
            actor_id=event.actor_id,
            actor_role=event.actor_role,
            key_id=event.key_id,
            subject_kind=event.subject.kind,
            subject_id=event.subject.id,
            detail=event.detail,
            address=event.origin.address,
            agent=event.origin.agent,
            request_id=event.origin.request_id,
            times=entry.times,
        )


@attrs.frozen(kw_only=True)
class SecurityLogAnswer:
    """Newest first. `next` is the cursor of the following page, None at the end."""

    entries: tuple[SecurityEntryRow, ...]
    next: int | None


@admin_security_log.route(
    "GET",
    "/api/admin/security-log",
    action=SECURITY_LOG,
    query=SecurityLogQuery,
    answer=SecurityLogAnswer,
)
def listed(call: Call, *, query: SecurityLogQuery) -> SecurityLogAnswer:
    """Who got in, who was refused, and what was changed about access; newest first."""
    which = query.filter(before=query.before, most=query.page_size + 1)
    found = security_log(call.ports, actor=call.who, which=which)
    shown = found[: query.page_size]
    more = len(found) > len(shown)
    return SecurityLogAnswer(
        entries=tuple(map(SecurityEntryRow.of, shown)), next=shown[-1].number if more else None
    )


HEADER: Final = tuple(field.name for field in attrs.fields(SecurityEntryRow))


@admin_security_log.route(
    "GET", "/api/admin/security-log/export", action=SECURITY_LOG, query=Searched, raw=True
)
def export(call: Call, *, query: Searched) -> Response:
    """Everything that is found as CSV, sent as it is read. That you took it along is an entry.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    found = export_security_log(call.ports, actor=call.who, which=query.filter())
    lines = csv_lines(HEADER, _cells(found))
    answer = Response(stream_with_context(lines), content_type="text/csv; charset=utf-8")
    name = 'attachment; filename="autodoctor-security-log.csv"'
    answer.headers["Content-Disposition"] = name
    return answer


def _cells(found: Iterator[SecurityEntry]) -> Iterator[list[str]]:
    for entry in found:
        row = attrs.asdict(SecurityEntryRow.of(entry), recurse=False)
        yield [_cell(row[name]) for name in HEADER]


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)
