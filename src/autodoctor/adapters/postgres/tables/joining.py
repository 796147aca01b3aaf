"""What mechanics tell of themselves on the way in."""

from sqlalchemy import ARRAY, CheckConstraint, Column, Date, ForeignKey, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from autodoctor.adapters.postgres.tables.base import (
    file_link,
    instant,
    key,
    link,
    metadata,
    quoted,
    text,
    version,
)
from autodoctor.domain.mechanics.particulars import ServiceTier
from autodoctor.domain.room.file import FilePurpose

particulars = Table(
    "particulars",
    metadata,
    Column("id", ForeignKey("mechanics.id"), primary_key=True),
    Column("date_of_birth", Date),
    text("street"),
    text("province"),
    text("postal_code"),
    Column("languages", ARRAY(Text), nullable=False),
    Column("certifications", JSONB, nullable=False),
    text("red_seal_number"),
    text("insurance_number"),
    Column("insurance_expires_on", Date),
    instant("background_check_agreed_at", optional=True),
    text("service_tier", optional=True),
    instant("virtual_only_confirmed_at", optional=True),
    text("payout_country"),
    *file_link("photo_id", FilePurpose.MECHANIC_PHOTO, optional=True),
    version(),
    CheckConstraint(f"service_tier IN ({quoted(ServiceTier)})", name="service_tier"),
    comment="Of mechanics; customers read none of it.",
)

drafts = Table(
    "drafts",
    metadata,
    key(),
    text("email", optional=True),
    link("sign_up_id", "accounts", optional=True, unique=True),
    link("account_id", "accounts", optional=True, unique=True),
    Column("answers", JSONB, nullable=False),
    instant("created_at"),
    instant("changed_at"),
    version(),
)
