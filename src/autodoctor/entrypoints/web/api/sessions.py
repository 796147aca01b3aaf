"""Sessions: lists, the room's beginning and end, files, summary, rating."""

from datetime import datetime
from typing import Annotated

import attrs
from msgspec import Meta

from autodoctor.application.access.room import JOIN
from autodoctor.application.access.sessions import CANCEL, END, LIST, SEE
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
from autodoctor.domain.booking.waiver import WaiverMissing
from autodoctor.domain.sessions.independence import OwnSession
from autodoctor.domain.sessions.room import RoomNotOpenYet, TimeUp
from autodoctor.domain.sessions.states import IllegalTransition, SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import (
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
    action=LIST.by(Role.CUSTOMER),
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
    action=LIST,
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
    action=SEE.by(Role.CUSTOMER),
    answer=SessionRow,
    refusals=(Missing,),
)
def customer_session(call: Call, *, session_id: SessionId) -> SessionRow:
    """One of one's own sessions, with what became of it."""
    return SessionRow.of(session_view(call.ports, actor=call.who, session_id=session_id))


@sessions.route(
    "GET",
    "/api/sessions/{session_id}",
    action=SEE,
    answer=SessionAnswer,
    refusals=(Missing,),
)
def one_session(call: Call, *, session_id: SessionId) -> SessionAnswer:
    """A session, its clock, and who is in the room."""
    return answer(call, session_id)


@sessions.route(
    "GET",
    "/api/sessions/{session_id}/status",
    action=SEE,
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
    "GET", "/api/customer/active-sessions", action=LIST.by(Role.CUSTOMER), answer=ActiveAnswer
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
    action=CANCEL.by(Role.CUSTOMER),
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
    action=JOIN,
    answer=SessionAnswer,
    refusals=(Missing, WaiverMissing, OwnSession, IllegalTransition, RoomNotOpenYet, TimeUp),
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
    action=END,
    answer=SessionAnswer,
    refusals=(Missing, IllegalTransition),
)
def end(call: Call, *, session_id: SessionId) -> SessionAnswer:
    """End the conversation; ending it again changes nothing."""
    ended = end_session(call.ports, actor=call.who, session_id=session_id)
    return SessionAnswer.of(ended, at=call.ports.now())
