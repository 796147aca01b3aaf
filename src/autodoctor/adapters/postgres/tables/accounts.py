"""People: accounts, consents, logins, one-time tokens."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy import text as sql

from autodoctor.adapters.postgres.tables.base import (
    instant,
    key,
    link,
    metadata,
    one_of,
    quoted,
    text,
    version,
)
from autodoctor.domain.accounts.consent import ConsentKind
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import Role, Seat

accounts = Table(
    "accounts",
    metadata,
    key(),
    Column("email", Text, nullable=False),
    text("name"),
    text("password_hash"),
    Column("roles", ARRAY(Text), nullable=False),
    text("phone"),
    text("time_zone"),
    text("language"),
    text("standing"),
    Column("standing_reason", Text, nullable=False, server_default=""),
    instant("suspended_until", optional=True),
    link("workshop_id", "workshops", optional=True),
    text("workshop_seat", optional=True),
    link("organization_id", "organizations", optional=True),
    text("organization_seat", optional=True),
    instant("created_at"),
    instant("verified_at", optional=True),
    version(),
    one_of("standing", Standing),
    one_of("workshop_seat", Seat),
    one_of("organization_seat", Seat),
    CheckConstraint("(organization_id IS NULL) = (organization_seat IS NULL)", name="organization"),
    CheckConstraint(f"roles <@ ARRAY[{quoted(Role)}]::text[]", name="roles"),
    CheckConstraint("email = lower(email)", name="email_lower"),
    Index("ix_accounts_created_at", "created_at", "id"),
    Index("ix_accounts_email", "email"),
    Index(
        "uq_accounts_email",
        "email",
        unique=True,
        postgresql_where=sql("verified_at IS NOT NULL"),
    ),
)

consents = Table(
    "consents",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    link("account_id", "accounts"),
    text("kind"),
    text("version"),
    instant("given_at"),
    instant("withdrawn_at", optional=True),
    one_of("kind", ConsentKind),
    CheckConstraint("withdrawn_at >= given_at", name="withdrawn"),
    Index(
        "uq_consents_in_force",
        "account_id",
        "kind",
        "version",
        unique=True,
        postgresql_where=sql("withdrawn_at IS NULL"),
    ),
)
logins = Table(
    "logins",
    metadata,
    key(),
    link("account_id", "accounts"),
    text("role"),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    instant("created_at"),
    instant("seen_at"),
    text("address"),
    text("agent"),
    instant("ended_at", optional=True),
    Column("stage", Text, nullable=False, server_default=sql("'complete'")),
    Column("challenge", LargeBinary),
    instant("confirmed_at", optional=True),
    one_of("role", Role),
    one_of("stage", Stage),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    link("account_id", "accounts"),
    text("purpose"),
    Column("detail", Text, nullable=False, server_default=""),
    instant("expires_at"),
    instant("used_at", optional=True),
)
