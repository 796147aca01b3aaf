"""What may happen only so often: guesses at passwords, and mails to one address"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_tallies_count")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_tallies")),
        comment="Counts in windows. A key says what is counted and for whom, as a digest.",
    )
    op.create_index("ix_tallies_ends_at", "tallies", ["ends_at"])


def downgrade() -> None:
    op.drop_table("tallies")
