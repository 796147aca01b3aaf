"""Workshops, mechanics, and the pool of those on shift that matching reads."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.dialects.postgresql import JSONB

from autodoctor.adapters.postgres.tables.base import (
    instant,
    key,
    link,
    metadata,
    one_of,
    text,
    version,
)
from autodoctor.domain.workshops.membership import MembershipStatus

workshops = Table(
    "workshops",
    metadata,
    key(),
    text("name"),
    text("province"),
    text("city"),
    text("contact_name"),
    text("email"),
    text("phone"),
    text("registration_number"),
    text("tax_id"),
    text("street"),
    text("postal_code"),
    text("country"),
    Column("coverage", ARRAY(Text), nullable=False),
    Column("radius_km", Integer, nullable=False),
    Column("capacity", Integer, nullable=False),
    text("website"),
    text("description"),
    Column("hours", JSONB, nullable=False),
    text("logo_key"),
    Column("platform_rate", Integer, nullable=False),
    Column("workshop_rate", Integer, nullable=False),
    Column("approved", Boolean, nullable=False),
    instant("suspended_at", optional=True),
    text("suspension_reason"),
    text("payout_account", optional=True),
    Column("payouts_ready", Boolean, nullable=False),
    version(),
    CheckConstraint("platform_rate BETWEEN 1500 AND 2500", name="platform_rate"),
    CheckConstraint("workshop_rate BETWEEN 500 AND 1500", name="workshop_rate"),
    CheckConstraint("capacity > 0 AND radius_km > 0", name="reach"),
    CheckConstraint("suspended_at IS NULL OR suspension_reason <> ''", name="reason"),
    Index("ix_workshops_coverage", "coverage", postgresql_using="gin"),
)

mechanics = Table(
    "mechanics",
    metadata,
    Column("id", ForeignKey("accounts.id"), primary_key=True),
    text("name"),
    Column("approved", Boolean, nullable=False),
    Column("profile_completion", SmallInteger, nullable=False),
    Column("papers_expire_on", Date),
    link("workshop_id", "workshops", optional=True),
    Column("workshop_approved", Boolean, nullable=False),
    Column("years_of_experience", SmallInteger, nullable=False),
    Column("red_seal", Boolean, nullable=False),
    Column("keywords", ARRAY(Text), nullable=False),
    Column("brands", ARRAY(Text), nullable=False),
    Column("specializations", ARRAY(Text), nullable=False),
    text("country"),
    text("city"),
    text("bio"),
    Column("rating_stars", Integer, nullable=False),
    Column("rating_count", Integer, nullable=False),
    Column("completed_sessions", Integer, nullable=False),
    instant("on_shift_since", optional=True),
    instant("free_since", optional=True),
    text("payout_account", optional=True),
    Column("payouts_ready", Boolean, nullable=False),
    version(),
    CheckConstraint("profile_completion BETWEEN 0 AND 100", name="profile_completion"),
    CheckConstraint("rating_stars BETWEEN rating_count AND 5 * rating_count", name="rating"),
    CheckConstraint("free_since IS NULL OR on_shift_since IS NOT NULL", name="free_since"),
)

memberships = Table(
    "memberships",
    metadata,
    Column("id", ForeignKey("mechanics.id"), primary_key=True),
    link("workshop_id", "workshops"),
    instant("asked_at"),
    text("status"),
    instant("admitted_at", optional=True),
    Column("areas", ARRAY(Text), nullable=False),
    version(),
    one_of("status", MembershipStatus),
    CheckConstraint("(status = 'pending') = (admitted_at IS NULL)", name="admitted"),
    comment="A mechanic belongs to one workshop at most: the key is theirs.",
)

pool = Table(
    "pool",
    metadata,
    Column("mechanic_id", ForeignKey("mechanics.id", ondelete="CASCADE"), primary_key=True),
    Column("own_points", SmallInteger, nullable=False),
    Column("keyword_mask", BigInteger, nullable=False),
    Column("brands", ARRAY(Text), nullable=False),
    text("country"),
    text("city"),
    Column("rating", SmallInteger, nullable=False),
    Column("completed_sessions", Integer, nullable=False),
    instant("waiting_since"),
    Column("papers_expire_on", Date),
    Index("ix_pool_country_city", "country", "city"),
    Index("ix_pool_brands", "brands", postgresql_using="gin"),
    comment="One narrow row for each mechanic on shift: what the score reads, nothing else.",
)

shifts = Table(
    "shifts",
    metadata,
    key(),
    link("mechanic_id", "mechanics"),
    instant("began_at"),
    instant("ended_at", optional=True),
    Index(
        "uq_shifts_running", "mechanic_id", unique=True, postgresql_where=sql("ended_at IS NULL")
    ),
)
