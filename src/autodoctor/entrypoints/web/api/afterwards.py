"""What is left of a session: summary, report, rating."""

from datetime import datetime
from uuid import UUID

import attrs
from flask import Response

from autodoctor.application.access.room import RATE, REPORT
from autodoctor.application.room.rating import rate
from autodoctor.application.room.report import report_of, report_pdf
from autodoctor.application.sessions.views import (
    session_view,
)
from autodoctor.domain.mechanics.reputation import AlreadyRated, NotRatable
from autodoctor.domain.sessions.independence import OwnRating
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import (
    SessionRow,
)
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

afterwards = Endpoints("Sessions")


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


@afterwards.route(
    "GET",
    "/api/sessions/{session_id}/summary",
    action=REPORT,
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


@afterwards.route(
    "GET",
    "/api/sessions/{session_id}/report.pdf",
    action=REPORT,
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


@afterwards.route(
    "POST",
    "/api/customer/sessions/{session_id}/rate",
    action=RATE,
    body=RateBody,
    answer=RatingAnswer,
    status=201,
    refusals=(Missing, InvalidField, NotRatable, AlreadyRated, OwnRating),
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
