"""How work survives: events and their deliveries, timers, the live stream, mails."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
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
    tries,
)
from autodoctor.adapters.postgres.types import Xid8
from autodoctor.domain.notifications.table import Channel, Occasion
from autodoctor.domain.shared.actor import Role

events = Table(
    "events",
    metadata,
    key(),
    Column("position", BigInteger, Identity(always=True), nullable=False, unique=True),
    link("session_id", "sessions", optional=True),
    text("kind"),
    Column("data", JSONB, nullable=False),
    Column("actor_id", Uuid, nullable=False),
    text("actor_role"),
    instant("at"),
    Index("ix_events_called_off", "at", postgresql_where=sql("kind = 'SessionCancelled'")),
    comment="What happened, in order: the outbox and a session's timeline are one.",
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("event_id", ForeignKey("events.id"), primary_key=True),
    Column("consumer", Text, primary_key=True),
    instant("due_at"),
    instant("done_at", optional=True),
    *tries(where="done_at IS NULL"),
    Index(
        "ix_deliveries_due",
        "due_at",
        postgresql_where=sql("done_at IS NULL AND given_up_at IS NULL"),
    ),
)

timers = Table(
    "timers",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject_id", Uuid, primary_key=True),
    instant("due_at"),
    *tries(),
    Index("ix_timers_due", "due_at", postgresql_where=sql("given_up_at IS NULL")),
)

live = Table(
    "live",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column(
        "transaction",
        Xid8,
        nullable=False,
        server_default=func.pg_current_xact_id(),
    ),
    text("audience"),
    text("kind"),
    Column("data", JSONB, nullable=False),
    instant("at"),
    Index("ix_live_transaction", "transaction", "position"),
    comment="What streams tell. Read in order of transaction, and only below the oldest open "
    "one: positions alone can appear out of order, and a reader would miss the late one.",
)

mails = Table(
    "mails",
    metadata,
    key(),
    link("account_id", "accounts", optional=True),
    text("recipient"),
    text("occasion"),
    text("reference"),
    text("subject"),
    text("body_text"),
    text("body_html"),
    instant("created_at"),
    instant("due_at"),
    instant("sent_at", optional=True),
    Column("attachment", LargeBinary),
    text("attachment_name", optional=True),
    Column("secret", Boolean, nullable=False, server_default=sql("false")),
    *tries(where="sent_at IS NULL"),
    UniqueConstraint("recipient", "occasion", "reference"),
    Index(
        "ix_mails_waiting",
        "due_at",
        postgresql_where=sql("sent_at IS NULL AND given_up_at IS NULL"),
    ),
    Index("ix_mails_troubled", "created_at", postgresql_where=sql("last_error IS NOT NULL")),
)

notifications = Table(
    "notifications",
    metadata,
    key(),
    link("account_id", "accounts"),
    text("occasion"),
    text("reference"),
    text("title"),
    text("url"),
    instant("at"),
    instant("read_at", optional=True),
    UniqueConstraint("account_id", "occasion", "reference"),
    Index("ix_notifications_reference", "reference"),
)

muted = Table(
    "muted",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("occasion", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    one_of("role", Role),
    one_of("occasion", Occasion),
    one_of("channel", Channel),
    comment="What people would rather not be told, in each of their roles.",
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Text, primary_key=True),
    text("kind"),
    Column("data", JSONB, nullable=False),
    instant("received_at"),
    instant("handled_at", optional=True),
    comment="The payment provider's events under its own ids: the second copy is no news.",
)

beats = Table(
    "beats",
    metadata,
    Column("process", Text, primary_key=True),
    Column("beat_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    comment="When a process without a port last said that it is alive; the database's time.",
)

answers = Table(
    "answers",
    metadata,
    key(),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    text("key"),
    Column("fingerprint", LargeBinary, nullable=False),
    instant("lease"),
    Column("status", Integer),
    text("media_type", optional=True),
    Column("body", LargeBinary),
    Column("performed", Boolean, nullable=False, server_default=sql("false")),
    UniqueConstraint("account_id", "key"),
    CheckConstraint("(status IS NULL) = (body IS NULL)", name="answered"),
    comment="What was answered to requests with an Idempotency-Key; without a status one is "
    "under way until its lease, or its answer is lost.",
)
