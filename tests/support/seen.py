"""A session as pages are told of it, to be changed where a test needs another one."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs

from autodoctor.domain.booking.files import FileKind
from autodoctor.domain.room.file import File
from autodoctor.domain.sessions.attendance import Attendance, Party
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.session import Session, Terms
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.sessions.timer import Timer
from autodoctor.domain.shared.ids import (
    AccountId,
    CustomerId,
    FileId,
    IntakeId,
    MechanicId,
    PlanSlug,
    RequestId,
    SessionId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.ports.queries import RequestView, SessionView

NOW = datetime(2026, 3, 12, 18, 32, tzinfo=UTC)
WHEN = When("America/Toronto", NOW)
SPACE = "\N{NARROW NO-BREAK SPACE}"
ID = SessionId(UUID("5a0b7d8e-0000-4000-8000-000000000001"))
DANA, MAYA = CustomerId(UUID(int=11)), MechanicId(UUID(int=21))

VIEW = SessionView(
    id=ID,
    status=SessionStatus.COMPLETED,
    kind="chat",
    plan="quick-chat",
    plan_name="Quick Chat",
    minutes=30,
    price=Money(999),
    report_included=False,
    customer_id=DANA,
    customer_name="Dana Whitfield",
    mechanic_id=MAYA,
    mechanic_name="Maya Okafor",
    intake_id=IntakeId(UUID(int=31)),
    vehicle="2018 Honda Civic",
    concern="Grinding noise when braking",
    category="brakes",
    urgent=False,
    created_at=NOW - timedelta(hours=1),
    scheduled_for=None,
    matched_at=NOW - timedelta(minutes=50),
    started_at=NOW - timedelta(minutes=45),
    ended_at=NOW - timedelta(minutes=20),
    minutes_used=25,
    stars=None,
    report_written=False,
    refunded=Money(0),
    refund_arrived=Money(0),
    refund_owed=Money(0),
    request_id=None,
    request_expires_at=None,
)
REQUEST = RequestView(
    id=RequestId(UUID(int=41)),
    session_id=ID,
    customer_id=VIEW.customer_id,
    intake_id=VIEW.intake_id,
    status=RequestStatus.WAITING,
    routing=Routing(),
    waiting_since=NOW - timedelta(seconds=90),
    expires_at=NOW + timedelta(seconds=810),
    plan="quick-chat",
    plan_name="Quick Chat",
    kind="chat",
    minutes=30,
    price=Money(999),
    left=Money(999),
    vehicle="2018 Honda Civic",
    odometer_km=None,
    concern=VIEW.concern,
    category="brakes",
    keywords=(),
    urgent=False,
    files=0,
    country="CA",
    city="Toronto",
    specialist_brand="",
    scheduled_for=None,
    accepted_by=None,
    closed_at=None,
    customer_first_name="Dana",
)
SESSION = Session(
    id=ID,
    customer_id=DANA,
    intake_id=VIEW.intake_id,
    checkout_id=None,
    terms=Terms(PlanSlug("quick-chat"), "chat", 30, Money(999)),
    created_at=NOW - timedelta(minutes=20),
    timer=Timer(timedelta(minutes=30), running_since=NOW - timedelta(minutes=10)),
    status=SessionStatus.LIVE,
    mechanic_id=MAYA,
    matched_at=NOW - timedelta(minutes=12),
    started_at=NOW - timedelta(minutes=10),
    attendance=Attendance(present=frozenset(Party)),
)
FILE = File(
    id=FileId(UUID(int=51)),
    owner_id=AccountId(DANA),
    name="wheel.jpg",
    media_type="image/jpeg",
    kind=FileKind.IMAGE,
    size_bytes=1_887_437,
    storage_key="uploads/51.jpg",
    created_at=NOW,
    session_id=ID,
    stored_at=NOW,
)


def session(status: SessionStatus, **changes: object) -> Session:
    """In that state, with what such a state goes with."""
    idle = attrs.evolve(SESSION.timer, running_since=None)
    gone = Attendance(present=frozenset({Party.CUSTOMER}))
    goes_with: dict[SessionStatus, dict[str, object]] = {
        SessionStatus.LIVE: {},
        SessionStatus.RECONNECTING: {"timer": idle, "attendance": gone, "paused_at": NOW},
        SessionStatus.MATCHED: {"timer": idle, "attendance": gone, "started_at": None},
        SessionStatus.SCHEDULED: {
            "timer": idle,
            "attendance": Attendance(),
            "started_at": None,
            "scheduled_for": NOW + timedelta(days=1),
        },
    }
    over = {"timer": idle, "attendance": Attendance(), "ended_at": NOW}
    fields = {"status": status} | goes_with.get(status, over) | changes
    return attrs.evolve(SESSION, **fields)  # type: ignore[arg-type]
