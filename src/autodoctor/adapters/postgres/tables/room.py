"""What is said and shown in a session: guarded by row-level security."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
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

from autodoctor.adapters.postgres.tables.base import instant, key, link, metadata, one_of, text
from autodoctor.domain.booking.files import FileKind
from autodoctor.domain.room.canned import Canned
from autodoctor.domain.room.file import FilePurpose
from autodoctor.domain.sessions.attendance import Party

LIVE_ONLY = "ck_messages_live_only"
"""A trigger's: what is not canned, and files, come into a session only while it is live."""

messages = Table(
    "messages",
    metadata,
    key(),
    Column("position", BigInteger, Identity(always=True), nullable=False, unique=True),
    link("session_id", "sessions"),
    link("author_id", "accounts"),
    text("party"),
    Column("client_id", Uuid, nullable=False),
    text("text"),
    Column("file_ids", ARRAY(Uuid), nullable=False),
    instant("sent_at"),
    text("canned", optional=True),
    one_of("party", Party),
    one_of("canned", Canned),
    CheckConstraint("char_length(text) <= 4000", name="text"),
    CheckConstraint("canned IS NULL OR (text = '' AND file_ids = '{}')", name="canned_alone"),
    UniqueConstraint("session_id", "author_id", "client_id"),
    Index("ix_messages_session_position", "session_id", "position"),
    comment="Of a canned message the code is kept and no text: its sentence is the application's.",
)

read_marks = Table(
    "read_marks",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    Column("party", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
    one_of("party", Party),
)

files = Table(
    "files",
    metadata,
    key(),
    link("owner_id", "accounts"),
    link("session_id", "sessions", optional=True),
    link("intake_id", "intakes", optional=True),
    text("name"),
    text("media_type"),
    text("kind"),
    Column("size_bytes", BigInteger, nullable=False),
    text("storage_key"),
    text("description"),
    instant("created_at"),
    instant("stored_at", optional=True),
    text("purpose", optional=True),
    one_of("kind", FileKind),
    one_of("purpose", FilePurpose),
    CheckConstraint("size_bytes > 0", name="size"),
    CheckConstraint(
        "(session_id IS NOT NULL) = (purpose IS NOT DISTINCT FROM 'session')", name="of_session"
    ),
    CheckConstraint(
        "(intake_id IS NOT NULL) = (purpose IS NOT DISTINCT FROM 'booking')", name="of_booking"
    ),
    CheckConstraint(
        "purpose IS NULL OR stored_at IS NOT NULL OR purpose = 'discarded'", name="stored"
    ),
    UniqueConstraint("id", "purpose"),
    comment="A file has one owner and one purpose; what points at it names the purpose too.",
)

upload_days = Table(
    "upload_days",
    metadata,
    Column("owner_id", ForeignKey("accounts.id"), primary_key=True),
    Column("day", Date, nullable=False),
    Column("files", Integer, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    comment="What each person announced on the day they last uploaded something.",
)

notes = Table(
    "notes",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    link("mechanic_id", "mechanics"),
    text("text"),
    instant("saved_at"),
)

reports = Table(
    "reports",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    link("mechanic_id", "mechanics"),
    text("findings"),
    text("steps_taken"),
    text("next_steps"),
    text("parts_needed"),
    instant("written_at"),
)

amendments = Table(
    "amendments",
    metadata,
    key(),
    link("session_id", "reports.session_id"),
    text("text"),
    instant("written_at"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    link("customer_id", "accounts"),
    link("mechanic_id", "mechanics"),
    Column("stars", SmallInteger, nullable=False),
    text("review"),
    instant("rated_at"),
    CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
    CheckConstraint("char_length(review) <= 2000", name="review"),
)
