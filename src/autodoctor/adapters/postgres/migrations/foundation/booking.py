"""Intakes, waivers, checkouts, free sessions."""

from typing import Any

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    _free_sessions()
    _intakes()
    _checkouts()
    _waivers()


def _free_sessions() -> None:
    op.create_table(
        "free_sessions",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("used BETWEEN 0 AND granted", name=op.f("ck_free_sessions_used")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_free_sessions_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_free_sessions")),
    )


def _intakes() -> None:
    op.create_table("intakes", *_columns_of_intakes(), *_rules_of_intakes())
    op.create_index(op.f("ix_intakes_customer_id"), "intakes", ["customer_id"], unique=False)
    op.create_index(op.f("ix_intakes_workshop_id"), "intakes", ["workshop_id"], unique=False)


def _columns_of_intakes() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("vehicle_year", sa.Integer(), nullable=True),
        sa.Column("vehicle_make", sa.Text(), nullable=True),
        sa.Column("vehicle_model", sa.Text(), nullable=True),
        sa.Column("vehicle_vin", sa.Text(), nullable=True),
        sa.Column("vehicle_odometer_km", sa.Integer(), nullable=True),
        sa.Column("vehicle_plate", sa.Text(), nullable=True),
        sa.Column("concern", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("keywords", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("file_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("routing", sa.Text(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.Column("chosen_mechanic_id", sa.Uuid(), nullable=True),
        sa.Column("specialist_brand", sa.Text(), nullable=True),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _rules_of_intakes() -> tuple[sa.Constraint, ...]:
    return (
        sa.CheckConstraint(
            "category IN ('air_conditioning', 'battery_charging', 'body_interior', 'brakes', 'diagnostic_help', 'diy', 'electrical', 'engine', 'exhaust_emissions', 'leak', 'maintenance', 'noise', 'other', 'pre_purchase', 'second_opinion', 'steering_suspension', 'tires_wheels', 'transmission', 'warning_lights')",
            name=op.f("ck_intakes_category"),
        ),
        sa.CheckConstraint(
            "routing IN ('broadcast', 'hybrid', 'workshop_only')", name=op.f("ck_intakes_routing")
        ),
        sa.CheckConstraint(
            "status IN ('awaiting_customer', 'cancelled', 'in_progress', 'in_review', 'new', 'pending', 'resolved')",
            name=op.f("ck_intakes_status"),
        ),
        sa.CheckConstraint("cardinality(file_ids) <= 5", name=op.f("ck_intakes_files")),
        sa.CheckConstraint(
            "char_length(concern) BETWEEN 5 AND 5000", name=op.f("ck_intakes_concern")
        ),
        sa.ForeignKeyConstraint(
            ["chosen_mechanic_id"], ["mechanics.id"], name=op.f("fk_intakes_chosen_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_intakes_customer_id")
        ),
        sa.ForeignKeyConstraint(["plan"], ["plans.slug"], name=op.f("fk_intakes_plan")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_intakes_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intakes")),
    )


def _checkouts() -> None:
    op.create_table(
        "checkouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("provider_url", sa.Text(), nullable=True),
        sa.Column("payment_id", sa.Text(), nullable=True),
        sa.Column("charge_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('expired', 'fulfilled', 'open', 'paid', 'returned')",
            name=op.f("ck_checkouts_status"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_checkouts_customer_id")
        ),
        sa.ForeignKeyConstraint(["intake_id"], ["intakes.id"], name=op.f("fk_checkouts_intake_id")),
        sa.ForeignKeyConstraint(["plan"], ["plans.slug"], name=op.f("fk_checkouts_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkouts")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_checkouts_payment_id")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_checkouts_provider_id")),
    )
    op.create_index(op.f("ix_checkouts_customer_id"), "checkouts", ["customer_id"], unique=False)
    op.create_index(op.f("ix_checkouts_intake_id"), "checkouts", ["intake_id"], unique=False)
    op.create_index(
        "uq_checkouts_open_intake",
        "checkouts",
        ["intake_id"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )


def _waivers() -> None:
    op.create_table(
        "waivers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["accounts.id"], name=op.f("fk_waivers_customer_id")
        ),
        sa.ForeignKeyConstraint(["intake_id"], ["intakes.id"], name=op.f("fk_waivers_intake_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waivers")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_waivers_intake_id")),
    )
    op.create_index(op.f("ix_waivers_customer_id"), "waivers", ["customer_id"], unique=False)


def downgrade() -> None:
    op.drop_table("waivers")
    op.drop_table("checkouts")
    op.drop_table("intakes")
    op.drop_table("free_sessions")
