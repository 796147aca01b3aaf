"""Mechanics, the pool of those on shift, and the log of shifts."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    _mechanics()
    _pool()
    _shifts()


def _mechanics() -> None:
    op.create_table(
        "mechanics",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("profile_completion", sa.SmallInteger(), nullable=False),
        sa.Column("papers_expire_on", sa.Date(), nullable=True),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.Column("workshop_approved", sa.Boolean(), nullable=False),
        sa.Column("years_of_experience", sa.SmallInteger(), nullable=False),
        sa.Column("red_seal", sa.Boolean(), nullable=False),
        sa.Column("keywords", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("brands", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("specializations", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("rating_stars", sa.Integer(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("completed_sessions", sa.Integer(), nullable=False),
        sa.Column("on_shift_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payout_account", sa.Text(), nullable=True),
        sa.Column("payouts_ready", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "profile_completion BETWEEN 0 AND 100", name=op.f("ck_mechanics_profile_completion")
        ),
        sa.CheckConstraint(
            "rating_stars BETWEEN rating_count AND 5 * rating_count",
            name=op.f("ck_mechanics_rating"),
        ),
        sa.ForeignKeyConstraint(["id"], ["accounts.id"], name=op.f("fk_mechanics_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_mechanics_workshop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mechanics")),
    )
    op.create_index(op.f("ix_mechanics_workshop_id"), "mechanics", ["workshop_id"], unique=False)


def _pool() -> None:
    op.create_table(
        "pool",
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("own_points", sa.SmallInteger(), nullable=False),
        sa.Column("keyword_mask", sa.BigInteger(), nullable=False),
        sa.Column("brands", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=False),
        sa.Column("completed_sessions", sa.Integer(), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("papers_expire_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_pool_mechanic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mechanic_id", name=op.f("pk_pool")),
        comment="One narrow row for each mechanic on shift: what the score reads, nothing else.",
    )


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_shifts_mechanic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_index(op.f("ix_shifts_mechanic_id"), "shifts", ["mechanic_id"], unique=False)
    op.create_index(
        "uq_shifts_running",
        "shifts",
        ["mechanic_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("shifts")
    op.drop_table("pool")
    op.drop_table("mechanics")
