"""The beginning: a paid (or free) booking becomes a session and a waiting request."""

from datetime import datetime, timedelta

from autodoctor.domain.sessions.events import RequestOpened, SessionOpened
from autodoctor.domain.sessions.request import Request, expiry
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.session import Session, Terms
from autodoctor.domain.sessions.states import IllegalTransition, SessionStatus
from autodoctor.domain.sessions.timer import Timer
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import (
    CheckoutId,
    CustomerId,
    IntakeId,
    OrganizationId,
    RequestId,
    SessionId,
)


def open_session(
    *,
    session_id: SessionId,
    request_id: RequestId,
    customer_id: CustomerId,
    intake_id: IntakeId,
    checkout_id: CheckoutId | None,
    terms: Terms,
    routing: Routing,
    scheduled_for: datetime | None,
    at: datetime,
    organization_id: OrganizationId | None = None,
) -> tuple[Session, Request, tuple[Event, ...]]:
    """Pending, and at once waiting: both are saved in one transaction."""
    pending = Session(
        id=session_id,
        customer_id=customer_id,
        intake_id=intake_id,
        checkout_id=checkout_id,
        terms=terms,
        created_at=at,
        scheduled_for=scheduled_for,
        organization_id=organization_id,
        timer=Timer(allowed=timedelta(minutes=terms.minutes)),
    )
    opened = SessionOpened(session_id, customer_id, terms.plan, terms.price)
    session, request, waiting = wait_for_mechanic(
        pending, request_id=request_id, routing=routing, at=at
    )
    return session, request, (opened, *waiting)


def wait_for_mechanic(
    session: Session, *, request_id: RequestId, routing: Routing, at: datetime
) -> tuple[Session, Request, tuple[Event, ...]]:
    """The first round of waiting begins; IllegalTransition unless the session is pending."""
    if session.status is not SessionStatus.PENDING:
        raise IllegalTransition(session.status, SessionStatus.WAITING)
    request = open_request(session, request_id=request_id, routing=routing, at=at)
    waiting = session.moved(SessionStatus.WAITING, by=Role.SYSTEM)
    return waiting, request, (RequestOpened(session.id, request.id, request.expires_at),)


def open_request(
    session: Session, *, request_id: RequestId, routing: Routing, at: datetime
) -> Request:
    return Request(
        id=request_id,
        session_id=session.id,
        customer_id=session.customer_id,
        routing=routing,
        waiting_since=at,
        expires_at=expiry(waiting_since=at, scheduled_for=session.scheduled_for),
    )
