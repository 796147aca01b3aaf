"""Mechanics at work: requests, sessions, reports."""

from uuid import UUID

import attrs

from autodoctor.application.access.booking import OFFER
from autodoctor.application.access.mechanics import QUEUE
from autodoctor.application.access.room import WRITE_REPORT
from autodoctor.application.access.sessions import ACCEPT, DECLINE, LIST, SEE, WITHDRAW
from autodoctor.application.matching.find import online_count
from autodoctor.application.mechanics.queue import queue
from autodoctor.application.room.report import write_report
from autodoctor.application.sessions.accept import accept, decline, withdraw
from autodoctor.application.sessions.ending import end_session
from autodoctor.application.sessions.views import session_view
from autodoctor.domain.matching.eligibility import NotEligible
from autodoctor.domain.room.report import ReportWritten
from autodoctor.domain.sessions.independence import OwnSession
from autodoctor.domain.sessions.policy import AppointmentOverlaps, MechanicBusy
from autodoctor.domain.sessions.reporting import ReportTooEarly
from autodoctor.domain.sessions.request import RequestClosed, RequestTaken
from autodoctor.domain.sessions.states import IllegalTransition
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import RequestId, SessionId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.matching_views import RequestAnswer
from autodoctor.entrypoints.web.api.sessions import ActiveAnswer, ListQuery, active, listed
from autodoctor.entrypoints.web.api.views import (
    SessionAnswer,
    SessionList,
    SessionRow,
)
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

mechanics = Endpoints("Mechanics")


@attrs.frozen(kw_only=True)
class QueueAnswer:
    """`obstacles` say why there are no requests for this mechanic now."""

    obstacles: tuple[str, ...]
    requests: tuple[RequestAnswer, ...]


@mechanics.route("GET", "/api/mechanics/requests", action=QUEUE, answer=QueueAnswer)
def requests(call: Call) -> QueueAnswer:
    """The requests this mechanic may take, urgent and longest waiting first."""
    found = queue(call.ports, actor=call.who)
    return QueueAnswer(
        obstacles=tuple(found.obstacles),
        requests=tuple(RequestAnswer.of(offer.request, offer) for offer in found.offers),
    )


@attrs.frozen
class HistoryAnswer:
    requests: tuple[RequestAnswer, ...]


@mechanics.route("GET", "/api/mechanics/requests/history", action=QUEUE, answer=HistoryAnswer)
def history(call: Call) -> HistoryAnswer:
    """The requests this mechanic accepted, newest first."""
    found = call.ports.queries.requests.history(call.who.mechanic_id, most=100)
    return HistoryAnswer(tuple(map(RequestAnswer.of, found)))


ACCEPT_REFUSALS = (
    NotEligible,
    Missing,
    RequestTaken,
    RequestClosed,
    OwnSession,
    MechanicBusy,
    AppointmentOverlaps,
)


def accepted(call: Call, request_id: RequestId) -> SessionAnswer:
    session = accept(call.ports, actor=call.who, request_id=request_id)
    return SessionAnswer.of(session, at=call.ports.now())


@mechanics.route(
    "POST",
    "/api/mechanics/requests/{request_id}/accept",
    action=ACCEPT,
    answer=SessionAnswer,
    refusals=ACCEPT_REFUSALS,
)
def accept_request(call: Call, *, request_id: RequestId) -> SessionAnswer:
    """Take a request: exactly one mechanic wins, the others get 409."""
    return accepted(call, request_id)


class AcceptBody(Body):
    request_id: UUID


@mechanics.route(
    "POST",
    "/api/mechanic/accept",
    action=ACCEPT,
    body=AcceptBody,
    answer=SessionAnswer,
    refusals=ACCEPT_REFUSALS,
)
def accept_by_body(call: Call, *, body: AcceptBody) -> SessionAnswer:
    """The older form of accepting a request; the same rules."""
    return accepted(call, RequestId(body.request_id))


@mechanics.route(
    "POST",
    "/api/mechanics/requests/{request_id}/decline",
    action=DECLINE,
    refusals=(NotEligible, Missing),
)
def decline_request(call: Call, *, request_id: RequestId) -> None:
    """Not for me: it leaves this mechanic's queue."""
    decline(call.ports, actor=call.who, request_id=request_id)


@mechanics.route(
    "POST",
    "/api/mechanics/requests/{request_id}/cancel",
    action=WITHDRAW,
    answer=SessionAnswer,
    refusals=(Missing, IllegalTransition),
)
def cancel_request(call: Call, *, request_id: RequestId) -> SessionAnswer:
    """Give an accepted request back before it starts: it waits for somebody else."""
    session = withdraw(call.ports, actor=call.who, request_id=request_id)
    return SessionAnswer.of(session, at=call.ports.now())


@mechanics.route(
    "GET",
    "/api/mechanics/sessions/virtual",
    action=LIST.by(Role.MECHANIC),
    query=ListQuery,
    answer=SessionList,
    refusals=(InvalidField,),
)
def virtual_sessions(call: Call, *, query: ListQuery) -> SessionList:
    """This mechanic's sessions, newest first."""
    return listed(call, query)


@mechanics.route(
    "POST",
    "/api/mechanic/sessions/history",
    action=LIST.by(Role.MECHANIC),
    body=ListQuery,
    answer=SessionList,
    refusals=(InvalidField,),
)
def session_history(call: Call, *, body: ListQuery) -> SessionList:
    """The same list, filtered by a body."""
    return listed(call, body)


@mechanics.route(
    "GET", "/api/mechanic/active-sessions", action=LIST.by(Role.MECHANIC), answer=ActiveAnswer
)
def mechanic_active(call: Call) -> ActiveAnswer:
    """The session under way, if there is one."""
    return active(call)


@mechanics.route(
    "GET",
    "/api/mechanic/sessions/{session_id}",
    action=SEE.by(Role.MECHANIC),
    answer=SessionRow,
    refusals=(Missing,),
)
def mechanic_session(call: Call, *, session_id: SessionId) -> SessionRow:
    """One of this mechanic's sessions."""
    return SessionRow.of(session_view(call.ports, actor=call.who, session_id=session_id))


class CompleteBody(Body):
    session_id: UUID
    findings: str
    steps_taken: str
    next_steps: str
    parts_needed: str = ""


@mechanics.route(
    "POST",
    "/api/mechanic/sessions/complete",
    action=WRITE_REPORT,
    body=CompleteBody,
    answer=SessionAnswer,
    refusals=(Missing, InvalidField, IllegalTransition, ReportTooEarly, ReportWritten),
)
def complete(call: Call, *, body: CompleteBody) -> SessionAnswer:
    """Write the report and, if the conversation still runs, end it."""
    session_id = SessionId(body.session_id)
    write_report(
        call.ports,
        actor=call.who,
        session_id=session_id,
        findings=body.findings,
        steps_taken=body.steps_taken,
        next_steps=body.next_steps,
        parts_needed=body.parts_needed,
    )
    session = end_session(call.ports, actor=call.who, session_id=session_id)
    return SessionAnswer.of(session, at=call.ports.now())


@attrs.frozen
class CountAnswer:
    count: int


@mechanics.route("GET", "/api/mechanics/available-count", action=OFFER, answer=CountAnswer)
def available_count(call: Call) -> CountAnswer:
    """How many mechanics are online."""
    return CountAnswer(online_count(call.ports))
