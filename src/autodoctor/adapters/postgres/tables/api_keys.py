"""API keys of companies."""

from sqlalchemy import CheckConstraint, Column, LargeBinary, Table

from autodoctor.adapters.postgres.tables.base import (
    instant,
    key,
    link,
    metadata,
    one_of,
    text,
    version,
)
from autodoctor.domain.corporate.api_key import Scope

api_keys = Table(
    "api_keys",
    metadata,
    key(),
    link("organization_id", "organizations"),
    text("name"),
    text("scope"),
    text("prefix"),
    Column("secret_hash", LargeBinary, nullable=False, unique=True),
    link("created_by", "accounts"),
    instant("created_at"),
    instant("expires_at", optional=True),
    instant("used_at", optional=True),
    instant("revoked_at", optional=True),
    version(),
    one_of("scope", Scope),
    CheckConstraint("expires_at > created_at", name="expires"),
    CheckConstraint("octet_length(secret_hash) = 32", name="secret_hash"),
    comment="A key is shown once; only its SHA-256 is kept.",
)
