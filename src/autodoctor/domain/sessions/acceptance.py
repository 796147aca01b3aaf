"""A mechanic takes the session, is given it, or lets it go again."""

from datetime import datetime

import attrs

from autodoctor.domain.sessions.attendance import Attendance
from autodoctor.domain.sessions.events import MechanicReleased, RequestAccepted, RequestOpened
from autodoctor.domain.sessions.independence import NO_TIES, Ties, check_independent
from autodoctor.domain.sessions.opening import open_request
from autodoctor.domain.sessions.request import Request
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import IllegalTransition, SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import MechanicId, RequestId, WorkshopId

Outcome = tuple[Session, Request, tuple[Event, ...]]


def accept(
    session: Session,
    request: Request,
    *,
    mechanic_id: MechanicId,
    workshop_id: WorkshopId | None,
    ties: Ties = NO_TIES,
    at: datetime,
) -> Outcome:
    """The mechanic's own yes. Refusals: those of `Request.accept`, OwnSession, then of the state
    table."""
    accepted = request.accept(mechanic_id=mechanic_id, workshop_id=workshop_id, at=at)
    if accepted is request:
        return session, request, ()
    check_independent(session.customer_id, mechanic_id, ties)
    return _match(session, accepted, mechanic_id, workshop_id, by=Role.MECHANIC, at=at)


def assign(
    session: Session,
    request: Request,
    *,
    mechanic_id: MechanicId,
    workshop_id: WorkshopId | None,
    ties: Ties = NO_TIES,
    at: datetime,
) -> Outcome:
    """An admin gives a waiting session to a mechanic. OwnSession counts here, too."""
    assigned = request.assign(mechanic_id=mechanic_id, at=at)
    check_independent(session.customer_id, mechanic_id, ties)
    return _match(session, assigned, mechanic_id, workshop_id, by=Role.ADMIN, at=at)


def _match(
    session: Session,
    request: Request,
    mechanic_id: MechanicId,
    workshop_id: WorkshopId | None,
    *,
    by: Role,
    at: datetime,
) -> Outcome:
    assert request.session_id == session.id, "the request is another session's"
    matched = attrs.evolve(
        session.moved(SessionStatus.MATCHED, by=by),
        mechanic_id=mechanic_id,
        workshop_id=workshop_id,
        matched_at=at,
    )
    if session.scheduled_for is not None and session.scheduled_for > at:
        matched = matched.moved(SessionStatus.SCHEDULED, by=by)
    accepted = RequestAccepted(
        session.id,
        request.id,
        session.customer_id,
        mechanic_id,
        workshop_id,
        session.scheduled_for,
    )
    return matched, request, (accepted,)


def release(
    session: Session,
    *,
    by: Role,
    request_id: RequestId,
    routing: Routing,
    no_show: bool,
    at: datetime,
) -> Outcome:
    """Back to waiting with a new request: withdrawn, not come, or to be reassigned.

    Only before the start; IllegalTransition from any other state.
    """
    if session.mechanic_id is None:
        raise IllegalTransition(session.status, SessionStatus.WAITING)
    waiting = without_mechanic(session, by=by, no_show=no_show)
    request = open_request(waiting, request_id=request_id, routing=routing, at=at)
    events = (
        MechanicReleased(session.id, session.mechanic_id, no_show),
        RequestOpened(session.id, request.id, request.expires_at),
    )
    return waiting, request, events


def without_mechanic(session: Session, *, by: Role, no_show: bool) -> Session:
    """Waiting again, as if nobody had been there; only a no-show is remembered."""
    return attrs.evolve(
        session.moved(SessionStatus.WAITING, by=by),
        mechanic_id=None,
        workshop_id=None,
        matched_at=None,
        attendance=Attendance(),
        mechanic_no_shows=session.mechanic_no_shows + no_show,
    )
