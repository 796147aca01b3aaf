"""How people prove who they are, beside a password."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from autodoctor.adapters.postgres.tables.base import (
    instant,
    key,
    link,
    metadata,
    one_of,
    text,
    version,
)
from autodoctor.domain.accounts.claim import CODES_MAX, TRIES_MAX
from autodoctor.domain.shared.actor import Role

totps = Table(
    "totps",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    text("secret"),
    Column("last_step", BigInteger, nullable=False),
    instant("confirmed_at", optional=True),
    comment="Authenticator apps. The secret is sealed with a key that is not in the database.",
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("code_hash", LargeBinary, primary_key=True),
    instant("used_at", optional=True),
)

passkeys = Table(
    "passkeys",
    metadata,
    key(),
    link("account_id", "accounts"),
    Column("credential_id", LargeBinary, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    text("name"),
    instant("created_at"),
    instant("used_at", optional=True),
)

identities = Table(
    "identities",
    metadata,
    Column("provider", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    link("account_id", "accounts"),
    instant("linked_at"),
)

visits = Table(
    "visits",
    metadata,
    Column("state_hash", LargeBinary, primary_key=True),
    text("provider"),
    text("role"),
    text("nonce"),
    text("verifier"),
    instant("expires_at"),
    link("account_id", "accounts", optional=True),
    text("following"),
    one_of("role", Role),
    comment="Somebody is at an identity provider and will come back once.",
)

claims = Table(
    "claims",
    metadata,
    key(),
    Column("state_hash", LargeBinary, nullable=False, unique=True),
    text("provider"),
    text("subject"),
    text("name"),
    text("claimed_email"),
    text("following"),
    instant("expires_at"),
    text("email", optional=True),
    Column("code_hash", LargeBinary),
    instant("code_expires_at", optional=True),
    Column("tries", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    instant("used_at", optional=True),
    version(),
    CheckConstraint(f"tries BETWEEN 0 AND {TRIES_MAX}", name="tries"),
    CheckConstraint(f"sent BETWEEN 0 AND {CODES_MAX}", name="sent"),
    CheckConstraint("num_nulls(email, code_hash, code_expires_at) IN (0, 3)", name="asked"),
    CheckConstraint("used_at IS NULL OR email IS NOT NULL", name="used"),
    comment="Somebody whom a provider knows, and who has to show which address is theirs.",
)
