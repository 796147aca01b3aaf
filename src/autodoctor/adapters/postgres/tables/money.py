"""Money: the ledger, and what has to be moved at the payment provider.

A deferred trigger checks that every entry sums to zero, and another refuses UPDATE and DELETE
on the ledger: see the migrations.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
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
from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.ledger import EntryKind
from autodoctor.domain.revenue.movements import MovementStatus

entries = Table(
    "entries",
    metadata,
    key(),
    Column("position", BigInteger, Identity(always=True), nullable=False, unique=True),
    Column("key", Text, nullable=False, unique=True),
    text("kind"),
    link("session_id", "sessions", optional=True),
    link("checkout_id", "checkouts", optional=True),
    instant("at"),
    one_of("kind", EntryKind),
    CheckConstraint("num_nonnulls(session_id, checkout_id) = 1", name="about_one_thing"),
)

agreements = Table(
    "agreements",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    link("mechanic_id", "mechanics"),
    link("workshop_id", "workshops", optional=True),
    Column("platform_rate", Integer, nullable=False),
    Column("workshop_rate", Integer, nullable=False),
    comment="Who earns in a session and at which rates (basis points), whatever they become.",
)

postings = Table(
    "postings",
    metadata,
    Column("entry_id", ForeignKey("entries.id"), primary_key=True),
    Column("number", SmallInteger, primary_key=True),
    text("account"),
    Column("owner_id", Uuid),
    minor("amount_minor"),
    text("currency"),
    one_of("account", AccountKind),
    CheckConstraint("amount_minor <> 0", name="amount"),
    Index("ix_postings_account", "account", "owner_id"),
)

transfers = Table(
    "transfers",
    metadata,
    key(),
    link("session_id", "sessions"),
    text("account"),
    Column("owner_id", Uuid, nullable=False, index=True),
    minor("amount_minor"),
    text("currency"),
    text("status"),
    Column("provider_id", Text, unique=True),
    Column("attempt", Integer, nullable=False),
    instant("created_at"),
    instant("tried_at", optional=True),
    instant("done_at", optional=True),
    version(),
    one_of("status", MovementStatus),
    one_of("account", (AccountKind.MECHANIC, AccountKind.WORKSHOP)),
    CheckConstraint("amount_minor > 0", name="amount"),
    UniqueConstraint("session_id", "account"),
)

refunds = Table(
    "refunds",
    metadata,
    key(),
    link("checkout_id", "checkouts"),
    link("session_id", "sessions", optional=True),
    minor("amount_minor"),
    text("currency"),
    text("reason"),
    text("status"),
    Column("provider_id", Text, unique=True),
    Column("attempt", Integer, nullable=False),
    instant("created_at"),
    instant("tried_at", optional=True),
    instant("done_at", optional=True),
    version(),
    one_of("status", MovementStatus),
    CheckConstraint("amount_minor > 0", name="amount"),
    UniqueConstraint("checkout_id", "reason"),
)

reversals = Table(
    "reversals",
    metadata,
    key(),
    link("transfer_id", "transfers"),
    link("refund_id", "refunds", optional=True),
    minor("amount_minor"),
    text("currency"),
    text("status"),
    Column("provider_id", Text, unique=True),
    Column("attempt", Integer, nullable=False),
    instant("created_at"),
    instant("tried_at", optional=True),
    instant("done_at", optional=True),
    version(),
    one_of("status", MovementStatus),
    CheckConstraint("amount_minor > 0", name="amount"),
)

disputes = Table(
    "disputes",
    metadata,
    key(),
    Column("provider_id", Text, nullable=False, unique=True),
    link("session_id", "sessions", optional=True),
    link("checkout_id", "checkouts"),
    minor("amount_minor"),
    text("currency"),
    instant("opened_at"),
    instant("closed_at", optional=True),
    Column("won", Boolean),
    Index("ix_disputes_open", "session_id", postgresql_where=sql("closed_at IS NULL")),
)
