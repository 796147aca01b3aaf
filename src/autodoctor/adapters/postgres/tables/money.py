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
from sqlalchemy.dialects.postgresql import JSONB

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
from autodoctor.domain.revenue.bank_payout import PayoutStatus
from autodoctor.domain.revenue.issue import IssueKind, Resolution
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
    Column("failure", Text, nullable=False, server_default=""),
    version(),
    one_of("status", MovementStatus),
    one_of("account", (AccountKind.MECHANIC, AccountKind.WORKSHOP)),
    CheckConstraint("amount_minor > 0", name="amount"),
    Index(
        "uq_transfers_party",
        "session_id",
        "account",
        unique=True,
        postgresql_where=sql("status NOT IN ('failed', 'void')"),
    ),
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
    Column("failure", Text, nullable=False, server_default=""),
    version(),
    one_of("status", MovementStatus),
    CheckConstraint("amount_minor > 0", name="amount"),
    Index(
        "uq_refunds_reason",
        "checkout_id",
        "reason",
        unique=True,
        postgresql_where=sql("status <> 'void'"),
    ),
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
    Column("failure", Text, nullable=False, server_default=""),
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

money_issues = Table(
    "money_issues",
    metadata,
    key(),
    text("kind"),
    Column("subject_id", Uuid, nullable=False),
    link("session_id", "sessions", optional=True),
    link("checkout_id", "checkouts", optional=True),
    minor("amount_minor"),
    text("currency"),
    text("detail"),
    instant("opened_at"),
    text("resolution", optional=True),
    Column("note", Text, nullable=False, server_default=""),
    instant("closed_at", optional=True),
    link("closed_by", "accounts", optional=True),
    version(),
    one_of("kind", IssueKind),
    one_of("resolution", Resolution),
    CheckConstraint(
        "num_nulls(resolution, closed_at) IN (0, 2) AND "
        "(closed_by IS NULL) = (resolution IS NULL OR resolution = 'paid')",
        name="closed",
    ),
    UniqueConstraint("kind", "subject_id"),
    Index("ix_money_issues_open", "opened_at", postgresql_where=sql("resolution IS NULL")),
    comment="Money that needs a person; see domain/revenue/issue.py.",
)

payouts = Table(
    "payouts",
    metadata,
    key(),
    Column("provider_id", Text, nullable=False, unique=True),
    text("account"),
    Column("owner_id", Uuid, nullable=False, index=True),
    minor("amount_minor"),
    text("currency"),
    text("status"),
    Column("failure", Text, nullable=False, server_default=""),
    instant("created_at"),
    version(),
    one_of("account", (AccountKind.MECHANIC, AccountKind.WORKSHOP)),
    one_of("status", PayoutStatus),
    CheckConstraint("amount_minor > 0", name="amount"),
    comment="What payout accounts sent to their owners' banks; the provider makes it.",
)

money_checks = Table(
    "money_checks",
    metadata,
    key(),
    instant("at"),
    Column("checked", Integer, nullable=False),
    Column("under_way", Integer, nullable=False),
    Column("differences", JSONB, nullable=False),
    Index("ix_money_checks_at", "at"),
    comment="What comparing sessions, ledger and the provider found.",
)
