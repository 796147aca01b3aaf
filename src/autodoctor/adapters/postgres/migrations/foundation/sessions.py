"""Sessions, their requests, who is in the room."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


def upgrade() -> None:
    _sessions()
    _presence()
    _requests()
    _declines()


def _sessions() -> None:
    op.create_table("sessions", *_columns_of_sessions(), *_rules_of_sessions())
    op.create_index(
        "ix_sessions_customer_created", "sessions", ["customer_id", "created_at"], unique=False
    )
    op.create_index(op.f("ix_sessions_customer_id"), "sessions", ["customer_id"], unique=False)
    op.create_index(op.f("ix_sessions_intake_id"), "sessions", ["intake_id"], unique=False)
    op.create_index(
        "ix_sessions_mechanic_created", "sessions", ["mechanic_id", "created_at"], unique=False
    )
    op.create_index(op.f("ix_sessions_mechanic_id"), "sessions", ["mechanic_id"], unique=False)
    op.create_index(op.f("ix_sessions_workshop_id"), "sessions", ["workshop_id"], unique=False)
    op.create_index(
        "uq_sessions_one_per_customer",
        "sessions",
        ["customer_id"],
        unique=True,
        postgresql_where=sa.text(
            "status IN ('live', 'matched', 'pending', 'reconnecting', 'waiting')"
        ),
    )
    op.create_index(
        "uq_sessions_one_per_mechanic",
        "sessions",
        ["mechanic_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('live', 'matched', 'reconnecting')"),
    )


def _columns_of_sessions() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("checkout_id", sa.Uuid(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("report", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=True),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scheduled_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("timer_allowed", sa.Interval(), nullable=False),
        sa.Column("timer_used", sa.Interval(), nullable=False),
        sa.Column("timer_running_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mechanic_joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("present", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("mechanic_no_shows", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _rules_of_sessions() -> tuple[sa.Constraint, ...]:
    return (
        postgresql.ExcludeConstraint(
            (sa.column("mechanic_id"), "="),
            (sa.text("tstzrange(scheduled_for, scheduled_until)"), "&&"),
            where=sa.text("status = 'scheduled'"),
            using="gist",
            name="ex_sessions_appointments",
        ),
        sa.CheckConstraint("kind IN ('chat', 'video')", name=op.f("ck_sessions_kind")),
        sa.CheckConstraint(
            "mechanic_id IS NOT NULL OR status NOT IN ('live', 'matched', 'reconnecting', 'scheduled', 'completed', 'escalated')",
            name=op.f("ck_sessions_mechanic_known"),
        ),
        sa.CheckConstraint(
            "present <@ ARRAY['customer', 'mechanic']::text[]", name=op.f("ck_sessions_present")
        ),
        sa.CheckConstraint(
            "status IN ('archived', 'cancelled', 'completed', 'escalated', 'expired', 'live', 'matched', 'pending', 'reconnecting', 'refunded', 'scheduled', 'waiting')",
            name=op.f("ck_sessions_status"),
        ),
        sa.CheckConstraint(
            "timer_used BETWEEN interval '0' AND timer_allowed", name=op.f("ck_sessions_timer")
        ),
        sa.ForeignKeyConstraint(
            ["checkout_id"], ["checkouts.id"], name=op.f("fk_sessions_checkout_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_sessions_customer_id")
        ),
        sa.ForeignKeyConstraint(["intake_id"], ["intakes.id"], name=op.f("fk_sessions_intake_id")),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_sessions_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_sessions_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("checkout_id", name=op.f("uq_sessions_checkout_id")),
    )


def _presence() -> None:
    op.create_table(
        "presence",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party IN ('customer', 'mechanic')", name=op.f("ck_presence_party")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_presence_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "party", name=op.f("pk_presence")),
        comment="A lease: who has an open room, refreshed by the stream, lapsing by itself.",
    )


def _requests() -> None:
    op.create_table("requests", *_columns_of_requests(), *_rules_of_requests())
    op.create_index(op.f("ix_requests_accepted_by"), "requests", ["accepted_by"], unique=False)
    op.create_index(op.f("ix_requests_customer_id"), "requests", ["customer_id"], unique=False)
    op.create_index(op.f("ix_requests_session_id"), "requests", ["session_id"], unique=False)
    op.create_index(
        "ix_requests_waiting",
        "requests",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index(op.f("ix_requests_workshop_id"), "requests", ["workshop_id"], unique=False)
    op.create_index(
        "uq_requests_one_open",
        "requests",
        ["session_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('waiting', 'accepted')"),
    )


def _columns_of_requests() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("routing", sa.Text(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.Column("chosen_mechanic_id", sa.Uuid(), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _rules_of_requests() -> tuple[sa.Constraint, ...]:
    return (
        sa.CheckConstraint(
            "(status = 'accepted') <= (accepted_by IS NOT NULL)",
            name=op.f("ck_requests_accepted_by_somebody"),
        ),
        sa.CheckConstraint(
            "routing IN ('broadcast', 'hybrid', 'workshop_only')", name=op.f("ck_requests_routing")
        ),
        sa.CheckConstraint(
            "status IN ('accepted', 'cancelled', 'expired', 'waiting')",
            name=op.f("ck_requests_status"),
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["mechanics.id"], name=op.f("fk_requests_accepted_by")
        ),
        sa.ForeignKeyConstraint(
            ["chosen_mechanic_id"], ["mechanics.id"], name=op.f("fk_requests_chosen_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_requests_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_requests_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_requests_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )


def _declines() -> None:
    op.create_table(
        "declines",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_declines_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_declines_request_id")
        ),
        sa.PrimaryKeyConstraint("request_id", "mechanic_id", name=op.f("pk_declines")),
    )


def downgrade() -> None:
    op.drop_table("declines")
    op.drop_table("requests")
    op.drop_table("presence")
    op.drop_table("sessions")
