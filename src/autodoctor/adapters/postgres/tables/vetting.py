"""Applications, documents, invitations, and the audit log."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Identity,
    Index,
    LargeBinary,
    Table,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from autodoctor.adapters.postgres.tables.base import (
    file_link,
    instant,
    key,
    link,
    metadata,
    one_of,
    text,
    version,
)
from autodoctor.domain.accounts.invitation import Host
from autodoctor.domain.room.file import FilePurpose
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.vetting.application import ApplicationKind, ApplicationStatus
from autodoctor.domain.vetting.document import DocumentKind, DocumentStatus

applications = Table(
    "applications",
    metadata,
    key(),
    text("kind"),
    Column("subject_id", Uuid, nullable=False, unique=True),
    link("applicant_id", "accounts"),
    instant("created_at"),
    text("status"),
    instant("submitted_at", optional=True),
    text("question"),
    text("answer"),
    text("reason"),
    instant("decided_at", optional=True),
    Column("decided_by", Uuid, nullable=True),
    version(),
    one_of("kind", ApplicationKind),
    one_of("status", ApplicationStatus),
    CheckConstraint(
        "(status IN ('approved', 'rejected')) = (decided_at IS NOT NULL)", name="decided"
    ),
    CheckConstraint("status <> 'rejected' OR reason <> ''", name="reason"),
    Index("ix_applications_kind_status", "kind", "status"),
)

documents = Table(
    "documents",
    metadata,
    key(),
    Column("subject_id", Uuid, nullable=False, index=True),
    *file_link("file_id", FilePurpose.DOCUMENT),
    text("kind"),
    instant("uploaded_at"),
    text("number"),
    Column("expires_on", Date, nullable=True, index=True),
    text("status"),
    text("reason"),
    instant("reviewed_at", optional=True),
    Column("reviewed_by", Uuid, nullable=True),
    version(),
    one_of("kind", DocumentKind),
    one_of("status", DocumentStatus),
    CheckConstraint("(status <> 'pending') = (reviewed_at IS NOT NULL)", name="reviewed"),
    CheckConstraint("status <> 'rejected' OR reason <> ''", name="reason"),
)

invitations = Table(
    "invitations",
    metadata,
    key(),
    text("host"),
    Column("host_id", Uuid, nullable=False),
    text("email"),
    text("place"),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    link("invited_by", "accounts"),
    instant("created_at"),
    instant("expires_at"),
    Column("accepted_by", Uuid, nullable=True),
    instant("accepted_at", optional=True),
    instant("revoked_at", optional=True),
    version(),
    one_of("host", Host),
    CheckConstraint("(accepted_by IS NULL) = (accepted_at IS NULL)", name="accepted"),
    CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name="one_end"),
    Index("ix_invitations_host_id_email", "host_id", "email"),
)

audit = Table(
    "audit",
    metadata,
    key(),
    Column("position", BigInteger, Identity(always=True), nullable=False, unique=True),
    instant("at"),
    Column("actor_id", Uuid, nullable=False, index=True),
    text("actor_role"),
    text("action"),
    text("subject_kind"),
    Column("subject_id", Uuid, nullable=False, index=True),
    text("reason"),
    Column("facts", JSONB, nullable=False),
    one_of("actor_role", Role),
)
