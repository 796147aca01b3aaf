"""Workshops."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    _workshops()


def _workshops() -> None:
    op.create_table(
        "workshops",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("platform_rate", sa.Integer(), nullable=False),
        sa.Column("workshop_rate", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("payout_account", sa.Text(), nullable=True),
        sa.Column("payouts_ready", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "platform_rate BETWEEN 1500 AND 2500", name=op.f("ck_workshops_platform_rate")
        ),
        sa.CheckConstraint(
            "workshop_rate BETWEEN 500 AND 1500", name=op.f("ck_workshops_workshop_rate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshops")),
    )


def downgrade() -> None:
    op.drop_table("workshops")
