"""Sessions and requests. The partial unique indexes and the exclusion constraint here have
the last word on who may have a session."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Interval,
    Table,
    Text,
    Uuid,
)
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from autodoctor.adapters.postgres.tables.base import (
    instant,
    key,
    link,
    metadata,
    minor,
    one_of,
    quoted,
    text,
    tries,
    version,
)
from autodoctor.domain.plans.plan import SessionKind
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.routing import RoutingKind
from autodoctor.domain.sessions.states import CUSTOMER_BLOCKING, MECHANIC_ENGAGED, SessionStatus

ONE_PER_CUSTOMER = "uq_sessions_one_per_customer"
ONE_PER_MECHANIC = "uq_sessions_one_per_mechanic"
NO_OVERLAP = "ex_sessions_appointments"
INDEPENDENT = "ck_sessions_independent"
"""A trigger's: who booked a session does not take it, nor somebody of their workshop."""
STAY_INDEPENDENT = "ck_sessions_stay_independent"
"""A trigger's, on accounts and mechanics: nor do they come together while it is open."""
RATED_INDEPENDENTLY = "ck_ratings_independent"
"""A trigger's: a session is not rated from within the workshop that gave it."""

sessions = Table(
    "sessions",
    metadata,
    key(),
    link("customer_id", "accounts"),
    link("intake_id", "intakes"),
    link("checkout_id", "checkouts", optional=True, unique=True),
    text("plan"),
    text("kind"),
    Column("minutes", Integer, nullable=False),
    minor("price_minor"),
    text("currency"),
    Column("report", Boolean, nullable=False),
    text("status"),
    link("mechanic_id", "mechanics", optional=True),
    link("workshop_id", "workshops", optional=True),
    link("organization_id", "organizations", optional=True),
    instant("created_at"),
    instant("scheduled_for", optional=True),
    instant("scheduled_until", optional=True),
    instant("matched_at", optional=True),
    instant("started_at", optional=True),
    instant("paused_at", optional=True),
    instant("ended_at", optional=True),
    instant("escalated_at", optional=True),
    Column("timer_allowed", Interval, nullable=False),
    Column("timer_used", Interval, nullable=False),
    instant("timer_running_since", optional=True),
    instant("customer_joined_at", optional=True),
    instant("mechanic_joined_at", optional=True),
    Column("present", ARRAY(Text), nullable=False),
    Column("mechanic_no_shows", Integer, nullable=False),
    version(),
    one_of("status", SessionStatus),
    one_of("kind", SessionKind),
    CheckConstraint(f"present <@ ARRAY[{quoted(Party)}]::text[]", name="present"),
    CheckConstraint(
        f"mechanic_id IS NOT NULL OR status NOT IN ({quoted(MECHANIC_ENGAGED)}, 'scheduled', "
        "'completed', 'escalated')",
        name="mechanic_known",
    ),
    CheckConstraint("timer_used BETWEEN interval '0' AND timer_allowed", name="timer"),
    Index(
        ONE_PER_CUSTOMER,
        "customer_id",
        unique=True,
        postgresql_where=sql(f"status IN ({quoted(CUSTOMER_BLOCKING)})"),
    ),
    Index(
        ONE_PER_MECHANIC,
        "mechanic_id",
        unique=True,
        postgresql_where=sql(f"status IN ({quoted(MECHANIC_ENGAGED)})"),
    ),
    ExcludeConstraint(
        ("mechanic_id", "="),
        (sql("tstzrange(scheduled_for, scheduled_until)"), "&&"),
        where=sql("status = 'scheduled'"),
        name=NO_OVERLAP,
        using="gist",
    ),
    Index("ix_sessions_customer_created", "customer_id", "created_at"),
    Index("ix_sessions_mechanic_created", "mechanic_id", "created_at"),
)

requests = Table(
    "requests",
    metadata,
    key(),
    link("session_id", "sessions"),
    link("customer_id", "accounts"),
    text("routing"),
    link("workshop_id", "workshops", optional=True),
    Column("chosen_mechanic_id", Uuid, ForeignKey("mechanics.id")),
    instant("waiting_since"),
    instant("expires_at"),
    text("status"),
    link("accepted_by", "mechanics", optional=True),
    instant("closed_at", optional=True),
    version(),
    one_of("status", RequestStatus),
    one_of("routing", RoutingKind),
    CheckConstraint(
        "(status = 'accepted') <= (accepted_by IS NOT NULL)", name="accepted_by_somebody"
    ),
    Index(
        "uq_requests_one_open",
        "session_id",
        unique=True,
        postgresql_where=sql("status IN ('waiting', 'accepted')"),
    ),
    Index("ix_requests_waiting", "expires_at", postgresql_where=sql("status = 'waiting'")),
)

declines = Table(
    "declines",
    metadata,
    Column("request_id", ForeignKey("requests.id"), primary_key=True),
    Column("mechanic_id", ForeignKey("mechanics.id"), primary_key=True),
    instant("at"),
)

presence = Table(
    "presence",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    Column("party", Text, primary_key=True),
    instant("seen_at"),
    instant("retry_at", optional=True),
    *tries(),
    one_of("party", Party),
    comment="A lease: who has an open room, refreshed by the stream, lapsing by itself. "
    "`retry_at` holds back a departure that was claimed or failed.",
)
