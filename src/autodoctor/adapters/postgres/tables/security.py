"""The security log."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
)

from autodoctor.adapters.postgres.tables.base import instant, metadata, one_of, text
from autodoctor.domain.operations.security_event import SecurityKind, SecurityOutcome
from autodoctor.domain.shared.actor import Role

security_events = Table(
    "security_events",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    instant("at"),
    text("kind"),
    text("outcome"),
    Column("actor_id", Uuid, nullable=True),
    text("actor_role", optional=True),
    Column("key_id", Uuid, nullable=True),
    text("subject_kind"),
    Column("subject_id", Uuid, nullable=True),
    text("detail"),
    text("address"),
    text("network"),
    text("agent"),
    text("request_id"),
    Column("many", Boolean, nullable=False),
    one_of("kind", SecurityKind),
    one_of("outcome", SecurityOutcome),
    one_of("actor_role", Role),
    CheckConstraint(
        "length(detail) <= 120 AND length(agent) <= 200 AND length(request_id) <= 64",
        name="lengths",
    ),
    CheckConstraint("position('@' in detail) = 0", name="no_address"),
    Index("ix_security_events_at", "at"),
    Index("ix_security_events_kind_number", "kind", "number"),
    Index("ix_security_events_actor_id_number", "actor_id", "number"),
    Index("ix_security_events_subject_id_number", "subject_id", "number"),
    Index("ix_security_events_address_number", "address", "number"),
    Index("ix_security_events_network_number", "network", "number"),
    Index("ix_security_events_request_id", "request_id"),
    comment="Added to alone. No foreign keys: an entry outlives what it is about.",
)

security_counts = Table(
    "security_counts",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("minute", instant("minute").type, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    CheckConstraint("count > 0", name="count"),
    Index("ix_security_counts_minute", "minute"),
    comment="How often what strangers can bring about happened in a minute; counts only grow.",
)
