"""Views as queries fill them, for tests of what pages make of them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import (
    CustomerId,
    IntakeId,
    MechanicId,
    RequestId,
    SessionId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.ports.queries import RequestView, SessionView

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
"""Noon in Toronto."""
ME = MechanicId(UUID(int=7))


def request_view(**given: Any) -> RequestView:
    """Asked two minutes before noon, open for another thirteen."""
    told: dict[str, Any] = {
        "id": RequestId(UUID(int=1)),
        "session_id": SessionId(UUID(int=2)),
        "intake_id": IntakeId(UUID(int=3)),
        "status": RequestStatus.WAITING,
        "routing": Routing(),
        "waiting_since": NOON - timedelta(minutes=2),
        "expires_at": NOON + timedelta(minutes=13),
        "plan": "quick-chat",
        "plan_name": "Quick Chat",
        "kind": "chat",
        "minutes": 30,
        "price": Money(999),
        "vehicle": "2015 Honda Civic",
        "odometer_km": 84_000,
        "concern": "Grinding brakes when I slow down.",
        "category": "brakes",
        "keywords": ("brake-noise", "brakes"),
        "urgent": False,
        "files": 0,
        "country": "CA",
        "city": "Toronto",
        "specialist_brand": "",
        "scheduled_for": None,
        "accepted_by": None,
        "closed_at": None,
        "customer_first_name": "Robin",
    }
    return RequestView(**(told | given))


def session_view(**given: Any) -> SessionView:
    """Completed at noon after half an hour, its report not written yet."""
    told: dict[str, Any] = {
        "id": SessionId(UUID(int=2)),
        "status": SessionStatus.COMPLETED,
        "kind": "chat",
        "plan": "quick-chat",
        "plan_name": "Quick Chat",
        "minutes": 30,
        "price": Money(999),
        "report_included": False,
        "customer_id": CustomerId(UUID(int=4)),
        "customer_name": "Robin Keller",
        "mechanic_id": ME,
        "mechanic_name": "Maya Okafor",
        "intake_id": IntakeId(UUID(int=3)),
        "vehicle": "2015 Honda Civic",
        "concern": "Grinding brakes when I slow down.",
        "category": "brakes",
        "urgent": False,
        "created_at": NOON - timedelta(minutes=40),
        "scheduled_for": None,
        "matched_at": NOON - timedelta(minutes=35),
        "started_at": NOON - timedelta(minutes=30),
        "ended_at": NOON,
        "minutes_used": 30,
        "stars": None,
        "report_written": False,
        "refunded": Money(0),
        "request_id": None,
        "request_expires_at": None,
    }
    return SessionView(**(told | given))
