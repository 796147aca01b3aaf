"""Plans."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    _plans()


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("perks", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("recommended_for", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("attachments_max", sa.Integer(), nullable=False),
        sa.Column("report", sa.Boolean(), nullable=False),
        sa.Column("display_order", sa.Integer(), nullable=False),
        sa.Column("popular", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "category IN ('diagnostic', 'quick', 'standard', 'trial')",
            name=op.f("ck_plans_category"),
        ),
        sa.CheckConstraint("kind IN ('chat', 'video')", name=op.f("ck_plans_kind")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 240", name=op.f("ck_plans_minutes")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_plans_price")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_plans")),
    )


def downgrade() -> None:
    op.drop_table("plans")
