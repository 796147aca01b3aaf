"""Programs of brands, and who applies to them."""

from sqlalchemy import ARRAY, Boolean, CheckConstraint, Column, Table, Text, UniqueConstraint, Uuid

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
from autodoctor.domain.workshops.program import Audience, ProgramStatus

programs = Table(
    "programs",
    metadata,
    key(),
    text("brand"),
    text("title"),
    text("description"),
    instant("created_at"),
    text("requirements"),
    Column("perks", ARRAY(Text), nullable=False),
    Column("audiences", ARRAY(Text), nullable=False),
    Column("open", Boolean, nullable=False),
    version(),
    CheckConstraint(f"audiences <@ ARRAY[{quoted(Audience)}]::text[]", name="audiences"),
)

program_applications = Table(
    "program_applications",
    metadata,
    key(),
    link("program_id", "programs"),
    text("audience"),
    Column("subject_id", Uuid, nullable=False, index=True),
    link("applicant_id", "accounts"),
    text("message"),
    instant("created_at"),
    text("status"),
    text("reason"),
    instant("decided_at", optional=True),
    Column("decided_by", Uuid, nullable=True),
    version(),
    one_of("audience", Audience),
    one_of("status", ProgramStatus),
    CheckConstraint("(status = 'submitted') = (decided_at IS NULL)", name="decided"),
    CheckConstraint("status <> 'declined' OR reason <> ''", name="reason"),
    UniqueConstraint("program_id", "subject_id"),
)
