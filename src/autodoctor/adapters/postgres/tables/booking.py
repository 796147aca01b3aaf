"""Before a session: intakes, waivers, checkouts, free sessions."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
)
from sqlalchemy import (
    text as sql,
)

from autodoctor.adapters.postgres.tables.base import (
    instant,
    key,
    link,
    metadata,
    minor,
    one_of,
    text,
    version,
)
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.booking.concern import ConcernCategory
from autodoctor.domain.booking.intake import IntakeStatus
from autodoctor.domain.sessions.routing import RoutingKind

intakes = Table(
    "intakes",
    metadata,
    key(),
    link("customer_id", "accounts"),
    Column("plan", Text, ForeignKey("plans.slug"), nullable=False),
    Column("vehicle_year", Integer),
    Column("vehicle_make", Text),
    Column("vehicle_model", Text),
    Column("vehicle_vin", Text),
    Column("vehicle_odometer_km", Integer),
    Column("vehicle_plate", Text),
    text("concern"),
    text("category"),
    Column("keywords", ARRAY(Text), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("file_ids", ARRAY(Uuid), nullable=False),
    text("city"),
    text("province"),
    text("country"),
    text("postal_code"),
    text("routing"),
    link("workshop_id", "workshops", optional=True),
    link("organization_id", "organizations", optional=True),
    Column("department_id", Uuid, ForeignKey("departments.id", ondelete="SET NULL"), index=True),
    Column("chosen_mechanic_id", Uuid, ForeignKey("mechanics.id")),
    text("specialist_brand", optional=True),
    instant("scheduled_for", optional=True),
    Column("session_id", Uuid),
    Column(
        "vehicle_id",
        Uuid,
        ForeignKey("vehicles.id", ondelete="SET NULL"),
        nullable=True,
        index=True,
    ),
    text("status"),
    instant("created_at"),
    version(),
    one_of("category", ConcernCategory),
    one_of("routing", RoutingKind),
    one_of("status", IntakeStatus),
    CheckConstraint("char_length(concern) BETWEEN 5 AND 5000", name="concern"),
    CheckConstraint("cardinality(file_ids) <= 5", name="files"),
    CheckConstraint("department_id IS NULL OR organization_id IS NOT NULL", name="department"),
)

waivers = Table(
    "waivers",
    metadata,
    key(),
    link("intake_id", "intakes", unique=True),
    link("customer_id", "accounts"),
    text("full_name"),
    text("version"),
    instant("signed_at"),
    text("address"),
    text("agent"),
)

checkouts = Table(
    "checkouts",
    metadata,
    key(),
    link("intake_id", "intakes"),
    link("customer_id", "accounts"),
    Column("plan", Text, ForeignKey("plans.slug"), nullable=False),
    minor("price_minor"),
    text("currency"),
    text("status"),
    Column("provider_id", Text, unique=True),
    text("provider_url", optional=True),
    Column("payment_id", Text, unique=True),
    text("charge_id", optional=True),
    Column("received_minor", BigInteger),
    text("received_currency", optional=True),
    instant("created_at"),
    instant("expires_at"),
    instant("paid_at", optional=True),
    version(),
    one_of("status", CheckoutStatus),
    CheckConstraint("num_nulls(received_minor, received_currency) IN (0, 2)", name="received"),
    Index(
        "uq_checkouts_open_intake",
        "intake_id",
        unique=True,
        postgresql_where=sql("status = 'open'"),
    ),
)

free_sessions = Table(
    "free_sessions",
    metadata,
    Column("customer_id", ForeignKey("accounts.id"), primary_key=True),
    Column("granted", Integer, nullable=False),
    Column("used", Integer, nullable=False),
    version(),
    CheckConstraint("used BETWEEN 0 AND granted", name="used"),
)
