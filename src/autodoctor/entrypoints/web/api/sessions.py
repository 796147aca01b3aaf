"""Sessions: lists, the room's beginning and end, files, summary, rating."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import attrs
from flask import Response
from msgspec import Meta

from autodoctor.application.room.files import attach, files_of
from autodoctor.application.room.rating import rate
from autodoctor.application.room.report import report_of, report_pdf
from autodoctor.application.sessions.ending import cancel_session, end_session
from autodoctor.application.sessions.room import join
from autodoctor.application.sessions.views import (
    active_session,
    session,
    session_view,
)
from autodoctor.application.sessions.views import (
    sessions as list_sessions,
)
from autodoctor.domain.booking.files import TooManyFiles
from autodoctor.domain.booking.waiver import WaiverMissing
from autodoctor.domain.mechanics.reputation import AlreadyRated, NotRatable
from autodoctor.domain.room.file import DOWNLOAD_LINK_LASTS, File
from autodoctor.domain.sessions.room import RoomNotOpenYet
from autodoctor.domain.sessions.states import IllegalTransition, SessionStatus
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId, SessionId
from autodoctor.entrypoints.web.api.declare import Audience, Body, Endpoints
from autodoctor.entrypoints.web.api.views import (
    FileAnswer,
    SessionAnswer,
    SessionList,
    SessionRow,
)
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.queries import SessionFilter
from autodoctor.ports.stores import Missing

sessions = Endpoints("Sessions")


class ListQuery(Body):
    status: SessionStatus | None = None
    kind: str = ""
    text: str = ""
    since: datetime | None = None
    before: datetime | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


def filter_of(query: ListQuery) -> SessionFilter:
    for name, value in (("since", query.since), ("before", query.before)):
        if value is not None and value.tzinfo is None:
            raise InvalidField(name, "Give a time zone, as in 2026-01-31T12:00:00Z.")
    if "\x00" in query.kind + query.text:
        raise InvalidField("text", "A text holds no NUL characters.")
    return SessionFilter(
        statuses=frozenset({query.status}) if query.status else frozenset(),
        kind=query.kind,
        text=query.text,
        since=query.since,
        before=query.before,
        most=query.limit,
    )


def listed(call: Call, query: ListQuery) -> SessionList:
    views = list_sessions(call.ports, actor=call.who, which=filter_of(query))
    return SessionList.of(views, most=query.limit)


def answer(call: Call, session_id: SessionId) -> SessionAnswer:
    found = session(call.ports, actor=call.who, session_id=session_id)
    return SessionAnswer.of(found, at=call.ports.now())


@sessions.route(
    "GET",
    "/api/customer/sessions",
    audience=Audience.CUSTOMER,
    query=ListQuery,
    answer=SessionList,
    refusals=(InvalidField,),
)
def customer_sessions(call: Call, *, query: ListQuery) -> SessionList:
    """One's own sessions, newest first."""
    return listed(call, query)


@sessions.route(
    "GET",
    "/api/sessions",
    audience=Audience.PARTIES,
    query=ListQuery,
    answer=SessionList,
    refusals=(InvalidField,),
)
def all_sessions(call: Call, *, query: ListQuery) -> SessionList:
    """The sessions one may see: one's own, or all as admin."""
    return listed(call, query)


@sessions.route(
    "GET",
    "/api/customer/sessions/{session_id}",
    audience=Audience.CUSTOMER,
    answer=SessionRow,
    refusals=(Missing,),
)
def customer_session(call: Call, *, session_id: SessionId) -> SessionRow:
    """One of one's own sessions, with what became of it."""
    return SessionRow.of(session_view(call.ports, actor=call.who, session_id=session_id))


@sessions.route(
    "GET",
    "/api/sessions/{session_id}",
    audience=Audience.PARTIES,
    answer=SessionAnswer,
    refusals=(Missing,),
)
def one_session(call: Call, *, session_id: SessionId) -> SessionAnswer:
    """A session, its clock, and who is in the room."""
    return answer(call, session_id)


@sessions.route(
    "GET",
    "/api/sessions/{session_id}/status",
    audience=Audience.PARTIES,
    answer=SessionAnswer,
    refusals=(Missing,),
)
def status(call: Call, *, session_id: SessionId) -> SessionAnswer:
    """The same, for those who only watch the state."""
    return answer(call, session_id)


@attrs.frozen
class ActiveAnswer:
    """At most one."""

    sessions: tuple[SessionAnswer, ...]


@sessions.route(
    "GET", "/api/customer/active-sessions", audience=Audience.CUSTOMER, answer=ActiveAnswer
)
def customer_active(call: Call) -> ActiveAnswer:
    """The session under way, if there is one."""
    return active(call)


def active(call: Call) -> ActiveAnswer:
    found = active_session(call.ports, actor=call.who)
    at = call.ports.now()
    return ActiveAnswer((SessionAnswer.of(found, at=at),) if found else ())


@sessions.route(
    "POST",
    "/api/customer/sessions/{session_id}/cancel",
    audience=Audience.CUSTOMER,
    answer=SessionAnswer,
    refusals=(Missing, IllegalTransition),
)
def cancel(call: Call, *, session_id: SessionId) -> SessionAnswer:
    """Call a session off before it starts; the refund follows the cancellation table."""
    cancelled = cancel_session(call.ports, actor=call.who, session_id=session_id)
    return SessionAnswer.of(cancelled, at=call.ports.now())


@sessions.route(
    "POST",
    "/api/sessions/{session_id}/start",
    audience=Audience.PARTIES,
    answer=SessionAnswer,
    refusals=(Missing, WaiverMissing, IllegalTransition, RoomNotOpenYet),
)
def start(call: Call, *, session_id: SessionId) -> SessionAnswer:
    """Come into the room. With both there the session is live and its clock runs.

    Without an open stream one is held to be there for 20 seconds; calling again renews it.
    """
    joined = join(call.ports, actor=call.who, session_id=session_id)
    return SessionAnswer.of(joined, at=call.ports.now())


@sessions.route(
    "POST",
    "/api/sessions/{session_id}/end",
    audience=Audience.PARTIES,
    answer=SessionAnswer,
    refusals=(Missing, IllegalTransition),
)
def end(call: Call, *, session_id: SessionId) -> SessionAnswer:
    """End the conversation; ending it again changes nothing."""
    ended = end_session(call.ports, actor=call.who, session_id=session_id)
    return SessionAnswer.of(ended, at=call.ports.now())


@attrs.frozen
class FilesAnswer:
    files: tuple[FileAnswer, ...]


def file_answer(call: Call, file: File) -> FileAnswer:
    expires_at = call.ports.now() + DOWNLOAD_LINK_LASTS
    token = call.web.links.sign("download", str(file.id), expires_at=expires_at)
    return FileAnswer.of(file, url=f"/files/{token}")


@sessions.route(
    "GET",
    "/api/sessions/{session_id}/files",
    audience=Audience.PARTIES,
    answer=FilesAnswer,
    refusals=(Missing,),
)
def list_files(call: Call, *, session_id: SessionId) -> FilesAnswer:
    """The files of the booking and of the session, each with a link good for an hour."""
    found = files_of(call.ports, actor=call.who, session_id=session_id)
    return FilesAnswer(tuple(file_answer(call, file) for file in found))


class AttachBody(Body):
    file_id: UUID
    description: Annotated[str, Meta(max_length=500)] = ""


@sessions.route(
    "POST",
    "/api/sessions/{session_id}/files",
    audience=Audience.PARTIES,
    body=AttachBody,
    answer=FileAnswer,
    status=201,
    refusals=(Missing, InvalidField, TooManyFiles),
)
def add_file(call: Call, *, session_id: SessionId, body: AttachBody) -> FileAnswer:
    """Add an uploaded file to the session; both are told."""
    file = attach(
        call.ports,
        actor=call.who,
        session_id=session_id,
        file_id=FileId(body.file_id),
        description=body.description,
    )
    return file_answer(call, file)


@attrs.frozen(kw_only=True)
class ReportAnswer:
    findings: str
    steps_taken: str
    next_steps: str
    parts_needed: str
    written_at: datetime
    amendments: tuple[str, ...]
    pdf_url: str


@attrs.frozen(kw_only=True)
class SummaryAnswer:
    session: SessionRow
    report: ReportAnswer | None


@sessions.route(
    "GET",
    "/api/sessions/{session_id}/summary",
    audience=Audience.PARTIES,
    answer=SummaryAnswer,
    refusals=(Missing,),
)
def summary(call: Call, *, session_id: SessionId) -> SummaryAnswer:
    """What the session was and what came out of it."""
    view = session_view(call.ports, actor=call.who, session_id=session_id)
    report = report_of(call.ports, actor=call.who, session_id=session_id)
    written = None
    if report is not None:
        written = ReportAnswer(
            findings=report.findings,
            steps_taken=report.steps_taken,
            next_steps=report.next_steps,
            parts_needed=report.parts_needed,
            written_at=report.written_at,
            amendments=tuple(each.text for each in report.amendments),
            pdf_url=f"/api/sessions/{session_id}/report.pdf",
        )
    return SummaryAnswer(session=SessionRow.of(view), report=written)


@sessions.route(
    "GET",
    "/api/sessions/{session_id}/report.pdf",
    audience=Audience.PARTIES,
    raw=True,
    refusals=(Missing,),
)
def report(call: Call, *, session_id: SessionId) -> Response:
    """The report as a PDF."""
    pdf = report_pdf(call.ports, actor=call.who, session_id=session_id)
    name = f'attachment; filename="autodoctor-report-{str(session_id)[:8]}.pdf"'
    return Response(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


class RateBody(Body):
    stars: int
    review: str = ""


@attrs.frozen(kw_only=True)
class RatingAnswer:
    session_id: UUID
    stars: int
    review: str


@sessions.route(
    "POST",
    "/api/customer/sessions/{session_id}/rate",
    audience=Audience.CUSTOMER,
    body=RateBody,
    answer=RatingAnswer,
    status=201,
    refusals=(Missing, InvalidField, NotRatable, AlreadyRated),
)
def rate_session(call: Call, *, session_id: SessionId, body: RateBody) -> RatingAnswer:
    """Rate the mechanic, once, after a completed session."""
    rating = rate(
        call.ports,
        actor=call.who,
        session_id=session_id,
        stars=body.stars,
        review=body.review,
    )
    return RatingAnswer(session_id=session_id, stars=rating.stars, review=rating.review)
